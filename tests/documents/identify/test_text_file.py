import pytest

from intake.documents.identify import text_file
from intake.documents.refusal import DocumentRefused


def kind(text: str, name: str = "") -> str:
    try:
        return text_file.kind(text.encode(), name)
    except DocumentRefused as refusal:
        return refusal.reason


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "A.MD"])
def test_a_name_makes_markdown(name: str) -> None:
    assert kind("<html><script>", name) == "md"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello", "txt"),
        ("<name@example.org> wrote: a < b", "txt"),
        ("From the start: nothing.\n\nTo: everyone", "txt"),
        ("Note: X-ray\nTo: all of you\n", "txt"),
        ("From: a\nTo: b\nSubject: c\n\nwords", "txt"),
        ("Received: from x\nFrom: a\n\nwords", "mail"),
        ("Delivered-To: a\r\nMessage-ID: b\r\n\r\nwords", "mail"),
        ("From a@example.org Mon Jan 1\nReceived: x\n\nwords", "mail"),
        ("From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "web_page"),
        ("<!DOCTYPE html>\n<html>", "web_page"),
        ("\ufeff <HTML lang=en>", "web_page"),
        ('<?xml version="1.0"?><office:document xmlns:office="x">', "flat_odt"),
        ('<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "word_xml"),
    ],
)
def test_texts_that_are_none_for_readers(text: str, found: str) -> None:
    assert kind(text) == found


def test_a_text_about_html_stays_a_text() -> None:
    assert kind("<html> is the first tag of a page.", "a.txt") == "txt"


def test_a_web_page_in_utf_16_is_seen() -> None:
    with pytest.raises(DocumentRefused, match="web_page"):
        text_file.kind("<html>".encode("utf-16"), "a.doc")
