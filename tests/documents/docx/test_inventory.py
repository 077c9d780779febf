from intake.documents import docx
from tests.documents.reading import word_removed
from tests.documents.word_files import build, paragraph, part, relationships, unzipped, zipped

CORE = '<c xmlns:dc="d" xmlns:cp="c"><dc:creator>LEAK</dc:creator><cp:lastModifiedBy>LEAK</cp:lastModifiedBy><dc:title>x</dc:title></c>'
APP = "<Properties><Company>LEAK</Company><Manager/><Template>Normal.dotm</Template></Properties>"


def test_parts_that_are_not_read_are_counted() -> None:
    links = [
        ("l1", "header", "h.xml"),
        ("l2", "footer", "f.xml"),
        ("l3", "oleObject", "embeddings/o.bin"),
        ("l4", "aFChunk", "chunk.html"),
        ("l5", "chart", "charts/c.xml"),
        ("l6", "customXml", "../customXml/item1.xml"),
        ("l7", "people", "people.xml"),
        ("l8", "image", "http://LEAK/x.png"),
        ("l9", "comments", "comments.xml"),
        ("la", "settings", "settings.xml"),
    ]
    files = {
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "word/vbaProject.bin": b"LEAK",
        "word/settings.xml": part("settings", ""),
        "word/_rels/settings.xml.rels": relationships([("t", "attachedTemplate", "file:///C:/LEAK.dotm")]),
    }
    assert word_removed(paragraph("Text"), links, **files) == {
        "header-footer": 2, "embedded": 2, "drawing": 1, "custom-data": 1, "properties": 4, "external-link": 1,
        "comment": 1, "macro": 1, "template": 1,
    }  # fmt: skip


def test_damaged_properties_do_not_matter() -> None:
    assert word_removed(paragraph("Text"), **{"docProps/core.xml": "<c>"}) == {"properties": 1}


def test_a_part_that_is_named_twice_counts_once() -> None:
    files = unzipped(build(paragraph("Text"), **{"docProps/core.xml": CORE}))
    rows = [("r0", "officeDocument", "word/document.xml")]
    rows += [(f"r{n}", "core-properties", "docProps/core.xml") for n in range(1, 4)]
    found = docx.parse(zipped(files | {"_rels/.rels": relationships(rows)}))
    assert found.removed == {"properties": 2}
