import pytest

from intake.photos.verify import verify
from tests.photos import made

PLAIN = made.encoded(made.scene(), "WEBP")


def riff(chunks: bytes) -> bytes:
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


@pytest.mark.parametrize("name", [b"EXIF", b"XMP ", b"ICCP", b"C2PA", b"zzzz"])
def test_no_other_chunk_is_let_through(name: bytes) -> None:
    assert any("chunk" in one.what for one in verify(riff(PLAIN[12:] + chunk(name, b"secret"))))


def test_a_header_may_not_promise_metadata() -> None:
    header = chunk(b"VP8X", b"\x08\0\0\0" + b"\x3f\x01\0\xef\0\0")
    assert any("promises" in one.what for one in verify(riff(header + PLAIN[12:])))


def test_a_second_picture_is_seen() -> None:
    assert any("second picture" in one.what for one in verify(riff(PLAIN[12:] * 2)))


def test_padding_has_to_be_empty() -> None:
    odd = riff(b"VP8L\x03\0\0\0\x2f\0\0s")
    assert any("padding" in one.what for one in verify(odd))


def test_chunks_within_frames_are_looked_at() -> None:
    plain = made.encoded(
        made.frames()[0], "WEBP", save_all=True, append_images=made.frames()[1:], duration=90
    )
    assert verify(plain) == []
    at = plain.index(b"ANMF")
    length = int.from_bytes(plain[at + 4 : at + 8], "little")
    hidden = plain[at + 8 : at + 8 + length] + chunk(b"EXIF", b"secret")
    assert verify(riff(plain[12:at] + chunk(b"ANMF", hidden) + plain[at + 8 + length + length % 2 :]))
