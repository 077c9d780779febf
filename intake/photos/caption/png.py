"""Into a PNG: XMP in an iTXt chunk, behind the header of the file."""

from zlib import crc32

from intake.photos.caption.words import Words
from intake.photos.caption.xmp import packet

_HEAD_END = 8 + 12 + 13
"""Signature, and IHDR of 13 bytes, which comes first."""
# Keyword; not compressed, in no way; no language; no translated keyword.
_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"


def png(data: bytes, words: Words) -> bytes:
    """The file with it."""
    chunk = b"iTXt" + _XMP + packet(words)
    block = (len(chunk) - 4).to_bytes(4, "big") + chunk + crc32(chunk).to_bytes(4, "big")
    return data[:_HEAD_END] + block + data[_HEAD_END:]
