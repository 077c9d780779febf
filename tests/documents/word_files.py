"""Word files that the tests write by hand, part by part."""

import io
import zipfile
from collections.abc import Mapping
from html import escape
from typing import Any

OFFICE = "http://schemas.openxmlformats.org"
KINDS = f"{OFFICE}/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": f"{OFFICE}/wordprocessingml/2006/main",
        "r": KINDS,
        "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
        "a": f"{OFFICE}/drawingml/2006/main",
        "pic": f"{OFFICE}/drawingml/2006/picture",
        "mc": f"{OFFICE}/markup-compatibility/2006",
        "m": f"{OFFICE}/officeDocument/2006/math",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = (
    f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
COMPANIONS = ("styles", "numbering", "footnotes", "endnotes", "settings", "comments", "header", "people")


def part(name: str, inner: str) -> str:
    """One part: an element of WordprocessingML with all namespaces."""
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def _relationship(name: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if ":" in target or target.startswith("\\\\") else ""
    kind = kind if ":" in kind else f"{KINDS}/{kind}"
    return f'<Relationship Id="{name}" Type="{kind}" Target="{escape(target)}"{mode}/>'


def relationships(rows: list[tuple[str, str, str]]) -> str:
    """A part of relationships: id, kind, target. Targets with a colon are external."""
    inner = "".join(_relationship(*row) for row in rows)
    return f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships">{inner}</Relationships>'


def build(body: str, links: list[tuple[str, str, str]] | None = None, /, **parts: Any) -> bytes:
    """A Word file. `parts` are companions by kind (inner XML), or further parts by name with `/` as `__`."""
    rows = [(f"c{kind}", f"{kind}", f"{kind}.xml") for kind in COMPANIONS if kind in parts]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(
            [
                ("r1", "officeDocument", "word/document.xml"),
                ("r2", f"{OFFICE}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
                ("r3", "extended-properties", "docProps/app.xml"),
            ]
        ),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relationships([*rows, *(links or [])]),
    }
    for name, content in parts.items():
        if name in COMPANIONS:
            files[f"word/{name}.xml"] = part({"header": "hdr"}.get(name, name), str(content))
        else:
            files[name] = content
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, Any]:
    """Parts of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def run(text: str, look: str = "") -> str:
    """A run with a text and the inner XML of its properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inner: str = "", look: str = "") -> str:
    """A paragraph of runs, or of one run if `inner` is plain text."""
    content = inner if inner.startswith("<") or not inner else run(inner)
    properties = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{properties}{content}</w:p>"


def styled(text: str, style: str) -> str:
    """A paragraph with a style."""
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def style(name: str, inner: str = "", *, kind: str = "paragraph", based: str = "", shown: str = "") -> str:
    """A style. `shown` is the name that Word shows, by default the id."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown or name}"/>{base}{inner}</w:style>'


def field(code: str, result: str) -> str:
    """A complex field with its code and its result (a text)."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def item(text: str, number: int = 1, level: int = 0) -> str:
    """A list item."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, form: str, text: str = "", start: int = 1) -> str:
    """A level of a list."""
    shown = f"%{depth + 1}."
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text or shown}"/></w:lvl>'
    )


def numbering(levels: str, more: str = "") -> str:
    """A numbering part with one abstract list and the list 1."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def table(*rows: list[str], look: str = "") -> str:
    """A table of cells, each the inner XML of `w:tc`."""
    inner = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{inner}</w:tbl>"


def picture(name: str, description: str = "", hidden: bool = False) -> str:
    """A run with a picture of a relationship."""
    mode = ' hidden="1"' if hidden else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="LEAKname" descr="{escape(description)}"{mode}/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="LEAKfile.jpg"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(inner: str, shape: str = "") -> str:
    """A run with a text box, twice as Word writes it: for new and for old readers."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' name='x'/><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:spPr>{shape}</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
