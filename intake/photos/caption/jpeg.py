"""Into a JPEG: APP1 with XMP and APP13 with IPTC, behind the header of the file."""

from intake.photos.caption.iptc import resource
from intake.photos.caption.words import Words
from intake.photos.caption.xmp import packet

_START, _APP0, _APP1, _APP13 = b"\xff\xd8", b"\xff\xe0", b"\xff\xe1", b"\xff\xed"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"


def jpeg(data: bytes, words: Words) -> bytes:
    """The file with both."""
    at = len(_START)
    if data[at : at + 2] == _APP0:  # JFIF wants to stay the first
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    blocks = _segment(_APP1, _XMP + packet(words)) + _segment(_APP13, resource(words))
    return data[:at] + blocks + data[at:]


def _segment(marker: bytes, body: bytes) -> bytes:
    return marker + (len(body) + 2).to_bytes(2, "big") + body
