import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.markup import root, text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        ("\n <?xml version='1.0'?><!-- a <html> --><svg:svg>", "svg"),
        ('<!DOCTYPE svg PUBLIC "-//W3C" [ <!ENTITY a "b"> ]><svg>', "svg"),
        ("<!doctype html><HTML><svg>", "html"),
        ("<!-- never closed", ""),
        ("words <svg>", ""),
        ("", ""),
        ("<<svg", ""),
    ],
)
def test_names_the_outermost_element(words: str, name: str) -> None:
    assert root(words) == name


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"just a few words", "just a few words"),
        (b"<p>", "<p>"),
        (b"\xef\xbb\xbfwords", "words"),
        ("words".encode("utf-16"), "words"),
        (b"\xfe\xff\0w\0o", "wo"),
        ("слово за слово".encode(), "слово за слово"),
        ("слово за словом!".encode("cp1251"), "����� �� ������!"),
        (b"words and more words\0", None),
        (b"\x7fELF", None),
        (b"junk", None),
        (b"", None),
    ],
)
def test_tells_words_from_other_bytes(head: bytes, words: str | None) -> None:
    assert text(head) == words


@given(st.binary(max_size=2000))
def test_any_bytes_can_be_asked_about(head: bytes) -> None:
    words = text(head)
    assert words is None or isinstance(root(words), str)
