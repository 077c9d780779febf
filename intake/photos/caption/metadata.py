"""Metadata blocks with caption and credit: XMP (ISO 16684-1), and IPTC-IIM 4.2 in a Photoshop resource."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

# Metadata blocks have a maximum length, in a JPEG 65,533 bytes. At five escaped bytes a character, these
# lengths fit in all formats.
CAPTION_CHARACTERS, CREDIT_CHARACTERS = 8000, 1000


@dataclass(frozen=True)
class CaptionCredit:
    """Cleaned caption and credit in any script, or empty.

    Cut to lengths that fit in a block of any format.
    """

    caption: str
    credit: str

    @classmethod
    def of(cls, caption: str | None, credit: str | None) -> "CaptionCredit":
        """Build from the columns `caption` and `credit` of a photo."""
        return cls((caption or "")[:CAPTION_CHARACTERS], (credit or "")[:CREDIT_CHARACTERS])


_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{properties}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
_CAPTION = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>'
_CREDIT = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


def packet(words: CaptionCredit) -> bytes:
    """XMP packet with dc:description and dc:creator, without padding for later editing."""
    properties = [
        form.format(escape(word, quote=False))
        for form, word in ((_CAPTION, words.caption), (_CREDIT, words.credit))
        if word
    ]
    return _PACKET.format(properties="".join(properties)).encode()


_UTF8 = b"\x1b%G"
"""Value of IPTC dataset 1:90 that declares UTF-8 (ISO 2022 escape sequence)."""
_VERSION = (4).to_bytes(2, "big")
_CAPTION_BYTES, _NAME_BYTES = 2000, 32
"""Maximum bytes of the IPTC datasets 2:120 (caption) and 2:80 (name)."""
_MORE = "…"
_IPTC = b"8BIM\x04\x04\0\0"
"""Signature and number of the IPTC resource, and an empty name."""


def resource(words: CaptionCredit) -> bytes:
    """Body of a JPEG APP13 segment with caption and credit as IPTC.

    A caption over 2,000 bytes is cut and ends with an ellipsis.

    A credit over 32 bytes is omitted, because a truncated name is wrong. XMP holds both in full.
    """
    sets = b"".join(_datasets(words))
    return b"Photoshop 3.0\0" + _IPTC + len(sets).to_bytes(4, "big") + sets + bytes(len(sets) % 2)


def _datasets(words: CaptionCredit) -> Iterator[bytes]:
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
