"""Insertion of metadata blocks into finished files: JPEG, PNG, WebP and GIF."""

from zlib import crc32

from intake.photos.caption.metadata import CaptionCredit, packet, resource

_START, _APP0, _APP1, _APP13 = b"\xff\xd8", b"\xff\xe0", b"\xff\xe1", b"\xff\xed"
_XMP_NAMESPACE = b"http://ns.adobe.com/xap/1.0/\0"


def jpeg(data: bytes, words: CaptionCredit) -> bytes:
    """Insert XMP in APP1 and IPTC in APP13, behind the JPEG header."""
    at = len(_START)
    if data[at : at + 2] == _APP0:  # JFIF must stay the first segment
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    blocks = _segment(_APP1, _XMP_NAMESPACE + packet(words)) + _segment(_APP13, resource(words))
    return data[:at] + blocks + data[at:]


def _segment(marker: bytes, body: bytes) -> bytes:
    return marker + (len(body) + 2).to_bytes(2, "big") + body


_PNG_HEAD = 8 + 12 + 13
"""Length of the signature and of the IHDR chunk (13 bytes of content), which is always first."""
# Keyword, compression flag and method (none), empty language, empty translated keyword.
_XMP_KEYWORD = b"XML:com.adobe.xmp\0\0\0\0\0"


def png(data: bytes, words: CaptionCredit) -> bytes:
    """Insert XMP in an iTXt chunk, behind the PNG header."""
    chunk = b"iTXt" + _XMP_KEYWORD + packet(words)
    block = (len(chunk) - 4).to_bytes(4, "big") + chunk + crc32(chunk).to_bytes(4, "big")
    return data[:_PNG_HEAD] + block + data[_PNG_HEAD:]


_XMP_FLAG, _ALPHA_FLAG = 0x04, 0x10
_HEAD = 12
_BODY = _HEAD + 8
"""Offset of the first chunk's body."""


def webp(data: bytes, words: CaptionCredit) -> bytes:
    """Append XMP as a chunk to a WebP, and announce it in the extended header (RFC 9649)."""
    chunks = _marked(data) if data[_HEAD : _HEAD + 4] == b"VP8X" else _extended(data) + data[_HEAD:]
    body = b"WEBP" + chunks + _chunk(b"XMP ", packet(words))
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _marked(data: bytes) -> bytes:
    """Chunks of a WebP in extended format, with the XMP flag set in its header."""
    return data[_HEAD:_BODY] + bytes((data[_BODY] | _XMP_FLAG,)) + data[_BODY + 1 :]


def _extended(data: bytes) -> bytes:
    """Extended header for a WebP in simple format, with the size of its picture."""
    width, height, alpha = _lossless(data) if data[_HEAD : _HEAD + 4] == b"VP8L" else _lossy(data)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return _chunk(b"VP8X", bytes((_XMP_FLAG | alpha, 0, 0, 0)) + size)


def _lossy(data: bytes) -> tuple[int, int, int]:
    """Width, height and alpha flag by RFC 6386, section 9.1.

    A tag and a start code of 3 bytes each are followed by width and height of 14 bits each.
    """
    sides = data[_BODY + 6 : _BODY + 10]
    return (
        int.from_bytes(sides[:2], "little") & 0x3FFF, int.from_bytes(sides[2:], "little") & 0x3FFF, 0,
    )  # fmt: skip


def _lossless(data: bytes) -> tuple[int, int, int]:
    """Width, height and alpha flag by RFC 9649, section 3.4.

    A signature byte is followed by width and height minus one of 14 bits each, and the alpha bit.
    """
    bits = int.from_bytes(data[_BODY + 1 : _BODY + 5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, _ALPHA_FLAG if bits >> 28 & 1 else 0


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


_GIF_HEAD = 13
"""Length of signature and screen descriptor. The global colour table follows."""
# Application extensions require this version of GIF.
_VERSION = b"GIF89a"
_APPLICATION = b"\x21\xff\x0bXMP DataXMP"
# The packet is not stored in length-prefixed blocks. Parsers that do not know XMP read letters of
# the packet as block lengths, and land in this "magic trailer". From any offset, it leads them to the end.
_SLIDE = bytes((1, *range(255, -1, -1), 0))


def gif(data: bytes, words: CaptionCredit) -> bytes:
    """Insert XMP in an application extension behind the GIF header (XMP specification, part 3, 1.1.2)."""
    flags = data[_GIF_HEAD - 3]
    at = _GIF_HEAD + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    return _VERSION + data[len(_VERSION) : at] + _APPLICATION + packet(words) + _SLIDE + data[at:]
