"""Into a WebP: an XMP chunk at the end, and a header that says that it is there (RFC 9649)."""

from intake.photos.caption.words import Words
from intake.photos.caption.xmp import packet

_XMP_FLAG, _ALPHA_FLAG = 0x04, 0x10
_HEAD = 12
_BODY = _HEAD + 8
"""Where the first chunk's own bytes begin."""


def webp(data: bytes, words: Words) -> bytes:
    """The file with both."""
    chunks = _marked(data) if data[_HEAD : _HEAD + 4] == b"VP8X" else _extended(data) + data[_HEAD:]
    body = b"WEBP" + chunks + _chunk(b"XMP ", packet(words))
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _marked(data: bytes) -> bytes:
    """The chunks, the flag set in the first byte of the extended header."""
    return data[_HEAD:_BODY] + bytes((data[_BODY] | _XMP_FLAG,)) + data[_BODY + 1 :]


def _extended(data: bytes) -> bytes:
    """The header that a simple file does not have, its size told from that of the one picture."""
    width, height, alpha = _lossless(data) if data[_HEAD : _HEAD + 4] == b"VP8L" else _lossy(data)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return _chunk(b"VP8X", bytes((_XMP_FLAG | alpha, 0, 0, 0)) + size)


def _lossy(data: bytes) -> tuple[int, int, int]:
    """RFC 6386, section 9.1: three bytes of tag and three of start code, then 14 bits each."""
    sides = data[_BODY + 6 : _BODY + 10]
    return (
        int.from_bytes(sides[:2], "little") & 0x3FFF, int.from_bytes(sides[2:], "little") & 0x3FFF, 0,
    )  # fmt: skip


def _lossless(data: bytes) -> tuple[int, int, int]:
    """RFC 9649, section 3.4: a byte of signature, 14 bits each, less one, and a bit for transparency."""
    bits = int.from_bytes(data[_BODY + 1 : _BODY + 5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, _ALPHA_FLAG if bits >> 28 & 1 else 0


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
