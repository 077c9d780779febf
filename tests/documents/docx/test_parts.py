import pytest

from intake.documents import docx
from intake.documents.refusal import DocumentRefused
from tests.documents import word_files
from tests.documents.word_files import TYPES, paragraph, zipped


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        docx.read(data)
    return refused.value.reason


def test_zip_files_of_other_kinds_are_refused() -> None:
    assert refusal(zipped({"a.txt": "text"})) == "unknown"
    assert refusal(zipped({"[Content_Types].xml": TYPES})) == "unknown"
    sheet = TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet").replace(
        "word/document", "xl/workbook"
    )
    files = {
        "[Content_Types].xml": sheet,
        "_rels/.rels": word_files.relationships([("r", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": "<workbook/>",
    }
    assert refusal(zipped(files)) == "sheet"


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_the_main_part_is_found_by_its_relationship_or_type(kind: str) -> None:
    files = word_files.unzipped(word_files.build(paragraph("Text")))
    for name in [name for name in files if name.startswith("word/")]:
        files[name.replace("word/document", "doc/main")] = files.pop(name)
    files["_rels/.rels"] = word_files.relationships([("r", "officeDocument", "/doc/main.xml")])
    files["[Content_Types].xml"] = TYPES.replace("word/document.xml", "doc/main.xml").replace(
        "openxmlformats-officedocument.wordprocessingml.document", f"ms-word.{kind}"
    )
    assert docx.read(zipped(files)).html == "<p>Text</p>"
    del files["_rels/.rels"]
    assert docx.read(zipped(files)).html == "<p>Text</p>"


def test_the_strict_form_is_read() -> None:
    files = word_files.unzipped(word_files.build(paragraph("Text", "<w:bidi/>")))
    for name, content in files.items():
        if isinstance(content, bytes):
            strict = content.replace(
                b"schemas.openxmlformats.org/wordprocessingml/2006/", b"purl.oclc.org/ooxml/wordprocessingml/"
            )
            files[name] = strict.replace(
                b"schemas.openxmlformats.org/officeDocument/2006/", b"purl.oclc.org/ooxml/officeDocument/"
            )
    assert b"purl" in files["word/document.xml"]
    assert docx.read(zipped(files)).html == '<p dir="rtl">Text</p>'
