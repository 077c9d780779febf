"""Find metadata in PNG chunks, and in bytes after the end of the picture."""

import zlib
from collections.abc import Iterator

from intake.photos.inspect.tiff import exif
from intake.photos.inspect.trace import Trace, trailing
from intake.photos.inspect.xmp import xmp

MAX_TEXT = 1 << 20
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_STRUCTURE = {
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"hIST", b"pHYs", b"cICP", b"mDCV", b"mDCv", b"cLLI", b"cLLi", b"sTER",
}  # fmt: skip
_BLOCKS = {b"iCCP": "colour_profile", b"tIME": "date", b"caBX": "provenance"}
_KEYWORDS = {
    "author": "name", "copyright": "name", "artist": "name", "title": "caption", "description": "caption",
    "creation time": "date", "software": "editing", "source": "camera", "comment": "comment",
}  # fmt: skip
_XMP_KEYWORD = "XML:com.adobe.xmp"


def png(data: bytes) -> Iterator[Trace]:
    """Traces of metadata, chunk by chunk. Raises IndexError if the file breaks off."""
    at, name = 8, b""
    while name != b"IEND":
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if len(name) < 4:
            raise IndexError
        if name not in _STRUCTURE:
            yield from _chunk(name, data[at + 8 : at + 8 + length])
        at += 12 + length
    yield from trailing(data[at:])


def _chunk(name: bytes, body: bytes) -> Iterator[Trace]:
    if name in _TEXTS:
        yield from _text(name, body)
    elif name == b"eXIf":
        yield from exif(body)
    else:
        yield Trace(_BLOCKS.get(name, "private_data"), name.decode("ascii", "replace"), body)


def _text(name: bytes, body: bytes) -> Iterator[Trace]:
    keyword, _, rest = body.partition(b"\0")
    word = keyword.decode("latin-1")
    text = _unpacked(name, rest)
    if word == _XMP_KEYWORD:
        yield from xmp(text)
    elif word.startswith("Raw profile type "):
        yield from _raw_profile(word, text)
    else:
        yield Trace(_KEYWORDS.get(word.lower(), "other"), f"{name.decode()} {word}", text)


def _unpacked(name: bytes, rest: bytes) -> bytes:
    """Text of a chunk, decompressed to at most one megabyte."""
    if name == b"zTXt":
        return _inflated(rest[1:])
    if name == b"iTXt":
        packed, text = rest[:1] == b"\x01", rest[2:].split(b"\0", 2)[-1]
        return _inflated(text) if packed else text
    return rest


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MAX_TEXT)
    except zlib.error:
        return b""


def _raw_profile(word: str, text: bytes) -> Iterator[Trace]:
    """Traces of a raw profile that ImageMagick wrote: newline, name, length, and the block in hex digits."""
    try:
        block = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    except ValueError:
        block = b""
    if block.startswith((b"Exif\0\0", b"II*\0", b"MM\0*")):
        yield from exif(block)
    else:
        yield Trace("other", word, block)
