import random
import re
from collections.abc import Callable

import pytest

from intake import documents
from intake.documents.identify import archive_remains
from intake.documents.refusal import DocumentRefused
from tests.documents import made

ARCHIVES = (made.WORD_PLANTED, made.ODT_PLANTED)
CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "none": lambda data: data,
    "NUL dropped": lambda data: data.replace(b"\0", b""),
    "NUL as space": lambda data: data.replace(b"\0", b" "),
    "line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "read as Latin-1": lambda data: data.decode("latin-1").encode(),
    "read as UTF-8": lambda data: data.decode(errors="replace").encode(),
    "behind prose": lambda data: b"Words of an article. " * 20 + data,
}
"""Ways in which programs corrupt a binary file that they mistake for text."""


def _read(data: bytes, name: str) -> str:
    """Text of a file, empty if it is refused."""
    try:
        return documents.read(data, name).html
    except DocumentRefused:
        return ""


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_name_of_a_spoilt_archive_is_read_as_text(name: str, change: Callable[[bytes], bytes]) -> None:
    chance = random.Random(7)
    for data in ARCHIVES:
        for _ in range(20):
            start, end = sorted(chance.sample(range(1, len(data)), 2))
            for part in (data[start:], data[:end], data[start:end], b"\0" + data, data[:1] + data[4:]):
                assert not re.search(r"LEAK|xml|PK", _read(change(part), name))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x01\x02 and PK\x05\x06",
        b"\x14PK\x03\x04",
        b"PK]A\x9c\xe9word/numbering.xml",
        b"PK`z}META-INF/manifest.xml",
        b"docProps/app.xmlPK`z",
    ],
)
def test_signs_of_an_archive(data: bytes) -> None:
    assert archive_remains.are_in(data)


@pytest.mark.parametrize(
    "text",
    [
        "Flight PK-303 left at 9. PK word, PK.",
        "An archive begins with PK\x03\x04.",
        "The folder word/ holds document.xml, and docProps/ the author.",
        "PK\nword/document.xml",
        "Rauchen verboten\x07\x1b[0m",
    ],
)
@pytest.mark.parametrize("name", ["utf-8", "utf-16-le"])
def test_texts_have_no_such_signs(text: str, name: str) -> None:
    assert not archive_remains.are_in(text.encode(name))
