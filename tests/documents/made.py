"""Documents for many tests: valid ones, ones with planted names, and hostile ones."""

import io
import zipfile

from tests.documents import odt_files, word_files
from tests.documents.word_files import (
    build,
    field,
    item,
    level,
    numbering,
    paragraph,
    part,
    picture,
    relationships,
    run,
    style,
    styled,
    table,
    text_box,
    unzipped,
    zipped,
)

AUTHOR = 'w:id="1" w:author="LEAKauthor" w:initials="LEAKi" w:date="2026-01-01T00:00:00Z"'
CELL = "<w:tcPr>{}</w:tcPr>" + paragraph("cell {}")
NOTE = '<w:{0} w:id="{1}"><w:p><w:r><w:{0}Ref/></w:r>' + run(" A note {1}") + "</w:p></w:{0}>"
PNG = b"\x89PNG\r\n\x1a\n"

STYLES = (
    style("Heading1", shown="heading 1")
    + style("Quote")
    + style("Lead", "<w:rPr><w:b/></w:rPr>")
    + style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
)
LISTS = numbering(level(0, "decimal") + level(1, "lowerLetter") + level(2, "bullet", "•"))
LINKS = [("web", "hyperlink", "https://example.org/"), ("p1", "image", "media/1.png")]

SOUND: dict[str, bytes] = {
    "plain": build(paragraph("One paragraph.") + paragraph("Тағы бір абзац: ә ғ қ ң ө ұ ү һ.")),
    "formatted": build(paragraph(run("a ", "<w:b/>") + run("b ", "<w:i/><w:u w:val='single'/>") + run("c", "<w:strike/>"))),
    "styled": build(styled("Head", "Heading1") + styled("Said", "Quote") + styled("Lead", "Lead"), styles=STYLES),
    "lists": build(item("a") + item("b", level=1) + item("c", level=2) + item("d"), numbering=LISTS),
    "table": build(
        table(
            [CELL.format('<w:gridSpan w:val="2"/>', "a"), CELL.format('<w:vMerge w:val="restart"/>', "b")],
            [CELL.format("", "c"), CELL.format("", "d"), "<w:tcPr><w:vMerge/></w:tcPr><w:p/>"],
        )
    ),
    "nested table": build(table([table([paragraph("inner")]) + paragraph("outer")])),
    "notes": build(
        paragraph(run("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r>'),
        footnotes=NOTE.format("footnote", 2),
        endnotes=NOTE.format("endnote", 3),
    ),
    "links": build(paragraph(f'<w:hyperlink r:id="web">{run("a link")}</w:hyperlink>' + field('HYPERLINK "https://a.org"', "two")), LINKS),
    "text box": build(paragraph(run("Anchor") + text_box(paragraph("In a box") + paragraph("and more")))),
    "right to left": build(paragraph("BBC هيئة الإذاعة", "<w:bidi/>") + paragraph("می‌خواهم", "<w:bidi/>")),
    "insertions": build(paragraph(run("a") + f"<w:ins {AUTHOR}>{run(' new')}</w:ins><w:del {AUTHOR}><w:r><w:delText>x</w:delText></w:r></w:del>")),
    "control": build(f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>" + paragraph(f"<w:sdt><w:sdtContent>{run('inline')}</w:sdtContent></w:sdt>")),
    "special": build(paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>")),
    "split": build(paragraph("".join(run(letter, f'<w:lang w:val="{letter}"/>') for letter in "many runs of one letter"))),
    "smart tag": build(paragraph(f'<w:smartTag w:element="x">{run("Almaty")}</w:smartTag>')),
    "deleted mark": build(paragraph("one ", f"<w:rPr><w:del {AUTHOR}/></w:rPr>") + paragraph("two")),
    "picture": build(paragraph(run("before") + picture("p1") + run("after")), LINKS, **{"word/media/1.png": PNG}),
    "tibetan": build(paragraph("བོད་སྐད་") + paragraph("မြန်မာဘာသာ") + paragraph("漢字 かんじ 한국어")),
    "escaped": build(paragraph('a < b & c > d "e" <script>alert(1)</script>')),
}  # fmt: skip
"""Word files of which the reference reader and Transom's reader read the same words."""

_HIDDEN = (
    style("G", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    + style("G2", based="G", kind="character")
    + style("GP", "<w:rPr><w:vanish/></w:rPr>")
    + style("GT", "<w:rPr><w:vanish/></w:rPr>", kind="table")
    + style("LEAKstyle", shown="LEAKstyle")
)
_WORD_BODY = (
    paragraph("KEEP text")
    + paragraph(
        f'<w:commentRangeStart w:id="0"/>{run("KEEP")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        f"<w:del {AUTHOR}><w:r><w:delText>LEAKdeleted</w:delText></w:r></w:del>"
        f"<w:ins {AUTHOR}>{run('KEEP')}</w:ins><w:moveFrom {AUTHOR}>{run('LEAKmoved')}</w:moveFrom>"
    )
    + paragraph(
        run("LEAKa", "<w:vanish/>") + run("LEAKb", '<w:rStyle w:val="G"/>') + run("LEAKc", '<w:rStyle w:val="G2"/>')
        + run("LEAKd", "<w:specVanish/>") + run("KEEP", '<w:rStyle w:val="LEAKstyle"/>')
    )
    + styled("LEAKparagraph", "GP")
    + table([paragraph("LEAKtable")], look='<w:tblStyle w:val="GT"/>')
    + "".join(paragraph(run("KEEP") + field(name, "LEAKfield")) for name in ("FILENAME \\p", "AUTHOR", "USERNAME", "DOCPROPERTY x"))
    + paragraph(f'<w:hyperlink r:id="file" w:tooltip="LEAKtip">{run("KEEP")}</w:hyperlink>' + picture("p1", "C:\\Users\\LEAKpath\\x.jpg"))
    + f'<w:sdt><w:sdtPr><w:alias w:val="LEAKalias"/><w:tag w:val="LEAKtag"/></w:sdtPr><w:sdtContent>{paragraph("KEEP")}</w:sdtContent></w:sdt>'
    + f'<w:p w:rsidR="LEAKrsid"><w:permStart w:ed="LEAKed"/><w:bookmarkStart w:name="LEAKmark"/>{run("KEEP")}</w:p>'
    + '<w:altChunk r:id="chunk"/>'
)  # fmt: skip
WORD_PLANTED = build(
    _WORD_BODY,
    [
        ("file", "hyperlink", "file:///C:/Users/LEAKuser/x.docx"),
        ("p1", "image", "media/1.png"),
        ("h", "header", "header1.xml"),
        ("x", "image", "http://LEAKserver/x.png"),
        ("chunk", "aFChunk", "chunk.html"),
        ("px", "people", "people.xml"),
    ],
    styles=_HIDDEN,
    comments=f"<w:comment {AUTHOR}>{paragraph('LEAKcomment')}</w:comment>",
    settings='<w:attachedTemplate r:id="t"/><w:rsids><w:rsidRoot w:val="LEAKrsid"/></w:rsids>',
    **{
        "word/media/1.png": PNG,
        "word/header1.xml": part("hdr", paragraph("LEAKheader")),
        "word/people.xml": part("people", '<w:person w:author="LEAKperson"/>'),
        "word/chunk.html": "<p>LEAKchunk</p>",
        "word/embeddings/o.bin": b"LEAKole",
        "word/vbaProject.bin": b"LEAKvba",
        "word/_rels/settings.xml.rels": relationships(
            [("t", "attachedTemplate", "file:///C:/LEAKtemplate.dotm")]
        ),
        "customXml/item1.xml": "<LEAKcustom/>",
        "docProps/core.xml": '<c xmlns:dc="d"><dc:creator>LEAKcreator</dc:creator></c>',
        "docProps/app.xml": "<Properties><Company>LEAKcompany</Company></Properties>",
        "docProps/custom.xml": "<LEAKproperty/>",
    },
)
"""A Word file with names in every place that a reader does not see."""

ODT_PLANTED = odt_files.build(
    "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>LEAKeditor</dc:creator>"
    "</office:change-info><text:p>LEAKdeleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:p>KEEP<office:annotation><dc:creator>LEAKcommenter</dc:creator><text:p>LEAKcomment</text:p></office:annotation>"
    '<text:span text:style-name="H">LEAKhidden</text:span><text:author-name>LEAKfield</text:author-name>'
    '<text:hidden-text text:string-value="LEAKvalue"/><text:a xlink:href="file:///LEAKpath">KEEP</text:a></text:p>'
    '<text:section text:name="LEAKname" text:display="none"><text:p>LEAKsection</text:p></text:section>'
    '<text:p>KEEP<draw:frame draw:name="LEAKframe"><draw:image xlink:href="Pictures/1.png"/><svg:desc>/home/LEAKuser/x.png'
    "</svg:desc></draw:frame></text:p>",
    odt_files.style("H", '<style:text-properties text:display="none"/>'),
    "<office:master-styles><style:master-page><style:header><text:p>LEAKheader</text:p></style:header></style:master-page>"
    "</office:master-styles>",
    **{
        "Pictures/1.png": PNG,
        "meta.xml": odt_files.part(
            "document-meta",
            "<office:meta><meta:initial-creator>LEAKcreator</meta:initial-creator></office:meta>",
        ),
        "settings.xml": "<LEAKprinter/>",
        "Basic/Standard/Module1.xml": "<LEAKmacro/>",
    },
)
"""An OpenDocument text with names in every place that a reader does not see."""


def with_body(xml: str) -> bytes:
    """A Word file whose main part is this XML."""
    files = unzipped(build(paragraph("Text")))
    return zipped(files | {"word/document.xml": xml})


def _doubled() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in unzipped(SOUND["plain"]).items():
            file.writestr(name, content)
        file.writestr(zipfile.ZipInfo("word/DOCUMENT.xml"), "<other/>")
    return out.getvalue()


_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: dict[str, bytes] = {
    "empty": b"",
    "text": b"just text",
    "zeros": bytes(5_000),
    "cut": SOUND["plain"][:-60],
    "half": SOUND["picture"][: len(SOUND["picture"]) // 2],
    "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
    "bomb": with_body(part("document", "<w:body>" + " " * 70_000_000 + "</w:body>")),
    "entities": with_body(f'<!DOCTYPE x [<!ENTITY a0 "ha">{_ENTITIES}]>' + part("document", "<w:body>&a9;</w:body>")[len(word_files.HEAD) :]),
    "external entity": with_body('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    "deep": with_body(part("document", "<w:body>" + "<w:sdt><w:sdtContent>" * 10_000 + "</w:sdtContent></w:sdt>" * 10_000 + "</w:body>")),
    "many elements": with_body(part("document", "<w:body>" + "<w:p/>" * 700_000 + "</w:body>")),
    "no body": with_body(part("document", "")),
    "other root": with_body("<html><body>Text</body></html>"),
    "not XML": with_body("Text"),
    "too long": build(paragraph(run("word " * 400)) * 700),
    "long links": build(paragraph(f'<w:hyperlink r:id="l">{run("a")}</w:hyperlink>{run("b")}') * 9_000, [("l", "hyperlink", "https://a.org/" + "b" * 1_900)]),
}  # fmt: skip
"""Hostile and broken files."""

ACCEPTED: dict[str, bytes] = {
    "paths": build(paragraph("Text"), **{"../../../tmp/LEAK": "x", "/etc/LEAK": "x", "C:\\LEAK": "x"}),
    "other case": _doubled(),
    "self": build(paragraph("Text"), styles=style("A", based="A"), numbering='<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>'),
    "open fields": build(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 2_000 + run("Text"))),
    "many blanks": with_body(part("document", "<w:body>" + "<w:p/>" * 100_000 + paragraph("Text") + "</w:body>")),
    "spans": build(table(['<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + paragraph("Text")])),
}  # fmt: skip
"""Unusual files that must be accepted, and whose text must be read."""
