"""IPTC-IIM 4.2, which programs of press agencies read, in a Photoshop resource."""

from collections.abc import Iterator

from intake.photos.caption.words import Words

_UTF8 = b"\x1b%G"
"""1:90, the sequence that says so (ISO 2022)."""
_VERSION = (4).to_bytes(2, "big")
_CAPTION_BYTES, _NAME_BYTES = 2000, 32
"""Of 2:120 and 2:80."""
_MORE = "…"
_IPTC = b"8BIM\x04\x04\0\0"
"""The resource's number and an empty name."""


def resource(words: Words) -> bytes:
    """The block of an APP13 segment. A caption over 2,000 bytes is cut, and says so by an ellipsis.

    A name over 32 bytes is left out, since half a name is a wrong name; in XMP both stand whole.
    """
    sets = b"".join(_datasets(words))
    return b"Photoshop 3.0\0" + _IPTC + len(sets).to_bytes(4, "big") + sets + bytes(len(sets) % 2)


def _datasets(words: Words) -> Iterator[bytes]:
    yield _dataset(1, 90, _UTF8)
    yield _dataset(2, 0, _VERSION)
    if 0 < len(words.credit.encode()) <= _NAME_BYTES:
        yield _dataset(2, 80, words.credit.encode())
    if words.caption:
        yield _dataset(2, 120, _shortened(words.caption))


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def _shortened(caption: str) -> bytes:
    whole = caption.encode()
    if len(whole) <= _CAPTION_BYTES:
        return whole
    room = _CAPTION_BYTES - len(_MORE.encode())
    return (whole[:room].decode(errors="ignore") + _MORE).encode()
