"""Small files that take the readers much time or memory, each in another way. Some once took half a minute."""

from collections.abc import Callable

from tests.documents import odt_files
from tests.documents.made import with_body
from tests.documents.word_files import (
    build,
    item,
    paragraph,
    part,
    picture,
    relationships,
    run,
    style,
    styled,
    table,
    unzipped,
    zipped,
)

MANY = 590_000
"""Number of elements in a part, just below the limit."""
TEXT = paragraph("Text")
OPEN_TEXT = "<text:p>Text</text:p>"
DRAWING = b"\xd7\xcd\xc6\x9a"


def _rtf(inner: bytes) -> bytes:
    return b"{\\rtf1\\ansi Text " + inner + b"}"


def _nested(opening: str, inner: str, closing: str, depth: int = 55) -> str:
    return opening * depth + inner + closing * depth


def _field(code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{code}</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>a</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _chain(count: int, inner: str, kind: str = "paragraph") -> str:
    return "".join(style(f"S{n}", inner, kind=kind, based=f"S{n - 1}") for n in range(count))


def _color(number: int) -> str:
    return f'<w:color w:val="{number:06x}"/><w:sz w:val="2"/>'


_BOLD = "<w:rPr><w:b/></w:rPr>"
_LEVEL = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
_NAMED = '<w:abstractNum w:abstractNumId="{0}"><w:numStyleLink w:val="L"/></w:abstractNum>' + _LEVEL
_STYLED_TABLE = table([paragraph("a")], look='<w:tblStyle w:val="T"/>')
_LEVELS = _nested("<w:lvl>", "<w:start/>" * 500_000, "</w:lvl>", 110)
_BLIP, _SPACES = '<a:blip r:embed="p"/>', '<text:s text:c="100000"/>'
_FORMULA = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
_FRAME = '<draw:frame><draw:image xlink:href="Pictures/1"/></draw:frame>'
_MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'

WORD: dict[str, Callable[[], bytes]] = {
    "empty paragraphs": lambda: with_body(part("document", f"<w:body>{'<w:p/>' * MANY}{TEXT}</w:body>")),
    "attributes": lambda: build(TEXT, **dict.fromkeys(("styles", "numbering", "settings"), '<w:x a="" b=""/>' * 490000)),
    "runs of one letter": lambda: build(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 145_000}</w:p>"),
    "runs of their own": lambda: build(
        f"<w:p>{''.join(run('a', _color(n)) for n in range(65_000))}</w:p>"
    ),
    "chain of styles": lambda: build("".join(styled("a", f"S{n}") for n in range(0, 60_000, 10)), styles=_chain(60_000, _BOLD)),
    "large table style": lambda: build(_STYLED_TABLE * 6_000, styles=style("T", '<w:tblStylePr w:type="x"/>' * MANY, kind="table")),
    "large list style": lambda: build(
        item("Text"), styles=style("L", "<w:x/>" * MANY), numbering="".join(_NAMED.format(n) for n in range(80_000))
    ),
    "nested levels": lambda: build(
        item("Text"),
        numbering=f'<w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
        + _LEVEL.format(0),
    ),
    "nested deletions": lambda: build(TEXT + paragraph(_nested("<w:del>", "<w:x/>" * MANY, "</w:del>", 100))),
    "alternatives": lambda: build(TEXT + f"<w:p><mc:AlternateContent>{'<mc:Choice/>' * MANY}</mc:AlternateContent></w:p>"),
    "nested controls": lambda: build(
        _nested("<w:sdt><w:sdtContent>", "<w:p><w:r/></w:p>" * 190_000, "</w:sdtContent></w:sdt>") + TEXT
    ),
    "equations": lambda: build("<m:oMathPara/>" * MANY + TEXT),
    "long separator": lambda: build(
        paragraph(f"<m:oMath><m:d><m:dPr><m:sepChr m:val='{'x' * 900_000}'/></m:dPr>{'<m:e/>' * 300_000}</m:d></m:oMath>")
    ),
    "long field codes": lambda: build("<w:p>" + _field("HYPERLINK " + "\\x " * 1_290) * 3_800 + "</w:p>"),
    "notes": lambda: build("<w:p>" + "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(190_000)) + "</w:p>"),
    "one drawing shown often": lambda: build(
        TEXT + f"<w:p><w:r><w:drawing>{_BLIP * 500_000}</w:drawing></w:r></w:p>",
        [("p", "image", "media/1.wmf")],
        **{"word/media/1.wmf": DRAWING},
    ),
    "pictures shown often": lambda: build(
        "<w:p>" + picture("p", "x" * 100) * 18_000 + "</w:p>", [("p", "image", "media/1.png")], **{"word/media/1.png": b"\x89PNG"}
    ),
    "large pictures": lambda: build(
        "".join(paragraph(run("Text") + picture(f"p{n}")) for n in range(3)),
        [(f"p{n}", "image", f"media/{n}.jpeg") for n in range(3)],
        **{f"word/media/{n}.jpeg": bytes(20_000_000) for n in range(3)},
    ),
    "properties of many relationships": lambda: zipped(
        unzipped(build(TEXT))
        | {
            "_rels/.rels": relationships([(f"p{n}", "core-properties", "docProps/core.xml") for n in range(2_000)]),
            "docProps/core.xml": f"<a>{'<a/>' * 150_000}</a>",
        }
    ),
    "joined cells": lambda: build(
        table(*[['<w:tcPr><w:gridSpan w:val="1000"/><w:vMerge/></w:tcPr>' + paragraph("a")] * 3] * 4_500)
    ),
}  # fmt: skip
OPEN: dict[str, Callable[[], bytes]] = {
    "spaces": lambda: odt_files.build(f"<text:p>a{_SPACES * MANY}</text:p>"),
    "repeated cells": lambda: odt_files.build(
        "<table:table>"
        + (
            '<table:table-row table:number-rows-repeated="100000"><table:table-cell table:number-columns-repeated="100000">'
            f"{OPEN_TEXT}</table:table-cell></table:table-row>"
        )
        * 6_000
        + "</table:table>"
    ),
    "spanned cells": lambda: odt_files.build(
        "<table:table><table:table-row>"
        + f'<table:table-cell table:number-columns-spanned="100000" table:number-rows-spanned="100000">{OPEN_TEXT}</table:table-cell>' * 6_000
        + "</table:table-row></table:table>"
    ),
    "frames": lambda: odt_files.build("<draw:frame/>" * MANY + OPEN_TEXT),
    "nested frames": lambda: odt_files.build(
        _nested("<draw:frame><draw:text-box>", "<text:p/>" * 450_000 + OPEN_TEXT, "</draw:text-box></draw:frame>")
    ),
    "large formula shown often": lambda: odt_files.build(
        f"{OPEN_TEXT}<text:p>{_FORMULA * 100}</text:p>", **{"Object 1/content.xml": _MATH.format("<m/>" * 150_000)}
    ),
    "damaged formula shown often": lambda: odt_files.build(
        f"{OPEN_TEXT}<text:p>{_FORMULA * 190_000}</text:p>", **{"Object 1/content.xml": "<x>"}
    ),
    "many formulas": lambda: odt_files.build(
        OPEN_TEXT + "".join(f"<text:p>{_FORMULA.replace('1', str(n))}</text:p>" for n in range(900)),
        **{f"Object {n}/content.xml": _MATH.format("<m/>" * 15_000) for n in range(900)},
    ),
    "one drawing shown often": lambda: odt_files.build(f"{OPEN_TEXT}<text:p>{_FRAME * 190_000}</text:p>", **{"Pictures/1": DRAWING}),
    "styles of their own": lambda: odt_files.build(
        "<text:p>" + "".join(f'<text:span text:style-name="S{n}">a</text:span>' for n in range(200_000)) + "</text:p>"
    ),
}  # fmt: skip
RTF: dict[str, Callable[[], bytes]] = {
    "formatting": lambda: _rtf(b"\\plain\\pard" * 490_000),
    "formatting of each letter": lambda: _rtf(b"\\b a\\b0 a" * 240_000),
    "nested text boxes": lambda: _rtf(b"{\\shp{\\shptxt a" * 100_000),
    "nested footnotes": lambda: _rtf(b"{\\footnote a" * 60_000),
    "binary data in pieces": lambda: _rtf(b"{\\pict\\pngblip" + b"\\bin10 0123456789" * 400_000 + b"}"),
    "binary data that is missing": lambda: _rtf(b"\\bin2147483647 x" * 1_000),
    "cells": lambda: _rtf(b"\\trowd\\intbl" + b"a\\cell\\row" * 60_000),
    "line ends": lambda: _rtf(b"\n" * 19_000_000),
    "colours": lambda: _rtf(b"{\\colortbl" + b";" * 19_000_000 + b"}"),
    "results of one field": lambda: _rtf(b'{\\field{\\*\\fldinst HYPERLINK "https://a.org/' + b"x" * 1_900 + b'"}' + b"{\\fldrslt b}a" * 200_000 + b"}"),
    "phonetic guide": lambda: _rtf((b"{\\field{\\*\\fldinst EQ \\\\s \\\\up" + b" " * 3_900 + b"}{\\fldrslt b}}") * 2_000),
}  # fmt: skip
MARKDOWN: dict[str, Callable[[], bytes]] = {
    "emphasis": lambda: b"*a **b " * 12_000,
    "brackets": lambda: b"[" * 59_000,
    "character data": lambda: b"a<![CDATA[" * 15_000,
    "quotes": lambda: b">" * 140_000 + b"a",
    "lists": lambda: b"- " * 100_000 + b"a",
    "addresses": lambda: b"<a@b.c> " * 29_000,
}  # fmt: skip
HEAVY = {
    f"{kind}: {name}": (f"a.{kind}", made)
    for kind, files in (("docx", WORD), ("odt", OPEN), ("rtf", RTF), ("md", MARKDOWN))
    for name, made in files.items()
}
"""Kind and way → name of the file, and function that returns its bytes."""
