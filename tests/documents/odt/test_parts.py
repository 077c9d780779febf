import pytest

from intake.documents import odt
from intake.documents.refusal import DocumentRefused
from tests.documents import odt_files
from tests.documents.odt_files import build, part
from tests.documents.reading import open_removed
from tests.documents.word_files import zipped

MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>{}</m:file-entry></m:manifest>'


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        odt.read(data)
    return refused.value.reason


def test_other_files_are_refused() -> None:
    assert refusal(zipped({"mimetype": "application/epub+zip", "content.xml": "<a/>"})) == "unknown"
    assert refusal(zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == "sheet"
    assert refusal(zipped({"mimetype": odt_files.MIMETYPE})) == "unknown"
    assert refusal(build("<text:p>a</text:p>", **{"content.xml": part("document-content", "")})) == "unknown"


def test_locked_files_are_told() -> None:
    locked = {"META-INF/manifest.xml": MANIFEST.format("<m:encryption-data/>")}
    assert refusal(build("", **locked)) == "encrypted"
    assert refusal(zipped({"mimetype": odt_files.MIMETYPE, "encrypted-package": "x"})) == "encrypted"
    assert (
        odt.read(build("<text:p>a</text:p>", **{"META-INF/manifest.xml": MANIFEST.format("")})).html
        == "<p>a</p>"
    )


def test_parts_that_are_not_read_are_counted() -> None:
    meta = (
        "<office:meta><meta:initial-creator>LEAK</meta:initial-creator><dc:creator>LEAK</dc:creator><dc:title>x</dc:title>"
        "<meta:template xlink:href='LEAK'/></office:meta>"
    )
    header = "<office:master-styles><style:master-page><style:header><text:p>LEAK</text:p></style:header><style:footer/></style:master-page></office:master-styles>"
    files = {
        "meta.xml": part("document-meta", meta),
        "Basic/Standard/Module1.xml": "LEAK",
        "Thumbnails/thumbnail.png": b"LEAK",
    }
    assert open_removed("<text:p>a</text:p>", "", header, **files) == {
        "properties": 2, "template": 1, "header-footer": 1, "macro": 1, "thumbnail": 1,
    }  # fmt: skip
    assert open_removed("<text:p>a</text:p>", **{"meta.xml": "<"}) == {"properties": 1}
