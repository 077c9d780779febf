import io
import struct
import zipfile

import pytest

from intake.documents import package
from intake.documents.package import Package
from intake.documents.refusal import DocumentRefused
from tests.documents.word_files import zipped


def refusal(data: bytes, name: str = "a.xml") -> str:
    with pytest.raises(DocumentRefused) as refused:
        Package(data).read(name)
    return refused.value.reason


def test_parts_are_found_whatever_their_case() -> None:
    found = Package(zipped({"word/Document.xml": "text", "\\odd\\name.xml": "odd"}))
    assert found.read("Word/document.XML") == b"text"
    assert found.has("odd/name.xml")
    assert found.read("../../etc/passwd") is None


def test_bytes_that_are_no_zip_are_refused() -> None:
    whole = zipped({"a.xml": "text" * 99})
    assert [refusal(data) for data in (b"", b"text", whole[:-30], b"\0" * 99)] == ["empty", *["damaged"] * 3]


def test_old_and_locked_files_are_told() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(ole) == "old_word"
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    locked = bytearray(zipped({"a.xml": "text"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)) == "encrypted"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(zipped({"a.xml": bytes(package.MAX_UNPACKED + 1)})) == "too_big"


def test_the_sum_of_all_parts_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1_000)
    found = Package(zipped({f"{place}.xml": bytes(400) for place in range(3)}))
    assert found.read("0.xml") == found.read("1.xml") == bytes(400)
    with pytest.raises(DocumentRefused, match="too_big"):
        found.read("2.xml")


@pytest.mark.parametrize("announced", [1, 10, 10**6])
def test_an_announced_size_that_is_a_lie_is_refused(announced: int) -> None:
    data = bytearray(zipped({"a.xml": bytes(5_000)}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", announced)
    assert refusal(bytes(data)) == "damaged"


def test_too_many_parts_are_refused() -> None:
    assert refusal(zipped({f"{place}": "" for place in range(package.MAX_PARTS + 1)})) == "too_big"


def test_equal_names_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.xml", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.xml", "two")
    assert refusal(out.getvalue()) == "damaged"


def test_overlapping_parts_are_refused() -> None:
    data = bytearray(zipped({"a.xml": bytes(5_000), "b.xml": bytes(5_000)}))
    place = data.rindex(b"PK\x01\x02") + 42
    data[place : place + 4] = struct.pack("<I", 3)
    assert refusal(bytes(data)) == "damaged"


def test_rare_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.xml", "text")
    assert refusal(out.getvalue()) == "damaged"
