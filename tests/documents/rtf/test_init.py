import pytest

from intake.documents import rtf
from intake.documents.refusal import DocumentRefused


def test_the_last_paragraph_keeps_its_kind() -> None:
    assert rtf.read(rb"{\rtf1\pard\rtlpar a").html == '<p dir="rtl">a</p>'
    assert rtf.read(rb"{\rtf1{\pard\outlinelevel1 a}\outlinelevel1}x").html == "<h2>a</h2>"


@pytest.mark.parametrize("data", [b"PK\x01\x02\x14\x03docProps/core.xmlPK\x05\x06", b"docProps/app.xmlPK"])
def test_an_archive_behind_the_words_is_damage(data: bytes) -> None:
    with pytest.raises(DocumentRefused, match="damaged"):
        rtf.read(rb"{\rtf1 words" + data)


def test_an_archive_in_an_object_is_none() -> None:
    data = b"PK\x01\x02PK\x05\x06"
    document = rtf.read(rb"{\rtf1 words{\object{\*\objdata\bin%d %s}}}" % (len(data), data))
    assert "words" in document.html
