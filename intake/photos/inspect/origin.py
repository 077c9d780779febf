"""Find out whether a file says that a program made or altered the picture, or that a camera took it.

Programs and cameras say so in Content Credentials (C2PA) and in the IPTC property DigitalSourceType of XMP. Nobody
verifies it: anybody can write such a record, and remove it. The record itself is removed by cleaning.

The words of the vocabularies are searched for, wherever they are in the file. A search is linear for any input, and it
needs no parser for CBOR, JUMBF and the containers of each format.
"""

import re
from collections.abc import Iterator
from itertools import islice

from intake.photos import inspect

PROGRAM, CAMERA = "program", "camera"

SOURCE_TYPES = {
    "trainedalgorithmicmedia": PROGRAM,
    "compositewithtrainedalgorithmicmedia": PROGRAM,
    "trainedalgorithmicdata": PROGRAM,
    "algorithmicmedia": PROGRAM,
    "algorithmicallyenhanced": PROGRAM,
    "datadrivenmedia": PROGRAM,
    "composite": PROGRAM,
    "compositecapture": PROGRAM,
    "compositesynthetic": PROGRAM,
    "humanedits": PROGRAM,
    "minorhumanedits": PROGRAM,
    "digitalart": PROGRAM,
    "digitalcreation": PROGRAM,
    "softwareimage": PROGRAM,
    "screencapture": PROGRAM,
    "virtualrecording": PROGRAM,
    "digitalcapture": CAMERA,
    "computationalcapture": CAMERA,
    "multiframecomputationalcapture": CAMERA,
    "negativefilm": CAMERA,
    "positivefilm": CAMERA,
}
"""Digital source type in lower case → maker of the picture.

From IPTC NewsCodes (cv.iptc.org/newscodes/digitalsourcetype, retired values included) and C2PA 2.2, section "Digital
source type". A composite is put together by a program, also if all its parts are photos, and `humanEdits` are made with
one. A phone that combines several exposures of one moment (`computationalCapture`) counts as a camera. `print` is
missing, because a print can be of a photo or of anything else, and `empty`, because programs write it for "unknown".
"""

_SOURCE_TYPE = re.compile(
    rb"igital[Ss]ource[Tt]ype[^A-Za-z]{1,8}((?i:%s))" % "|".join(sorted(SOURCE_TYPES, reverse=True)).encode()
)
"""Last part of an address such as `http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture`, or the bare value of
a property. In CBOR, letters of the next item may follow directly, so longer values are tried first.
"""
_ALTERED = re.compile(
    rb"c2pa\.(?:edited(?!\.metadata)|drawing|filtered|placed|removed|cropped|enhanced|color_adjustments|adjustedColor|addedText)"
)
"""Actions of C2PA that change what the picture shows. `c2pa.created` alone does not say by what.

`c2pa.edited.metadata` changes no pixel.
"""
_HEAD_OF_PART = re.compile(rb"\xff\xeb..JP.{10}jumb", re.DOTALL)
"""Head of each JPEG segment that holds a part of a JUMBF box (ISO 19566-5). Parts are split anywhere."""
_GIF = b"C2PA_GIF\1\0\0"
_SIGNS = (b"c2pa.", b"igitalsourcetype", b"igitalSourceType")
"""Words of which one must be there. Looking for them takes a twentieth of the time of the expressions."""
MAX_TRACES = 2_000


def made_by(data: bytes, format_in: str) -> str | None:
    """Maker of the picture as the file says, unverified: `program`, `camera` or None.

    A photo that was altered later has records of both. Then it is `program`.
    """
    found = {maker for text in _texts(data, format_in) for maker in _makers(text)}
    return next((maker for maker in (PROGRAM, CAMERA) if maker in found), None)


def note(data: bytes, format_in: str) -> dict[str, str]:
    """Note `made_by` of `intake/photos/notes.py`. Empty if the file says nothing."""
    maker = made_by(data, format_in)
    return {"made_by": maker} if maker else {}


def _makers(text: bytes) -> Iterator[str]:
    if not any(sign in text for sign in _SIGNS):
        return
    if _ALTERED.search(text):
        yield PROGRAM
    for found in _SOURCE_TYPE.finditer(text):
        yield SOURCE_TYPES[found[1].decode().lower()]


def _texts(data: bytes, format_in: str) -> Iterator[bytes]:
    """Yield the file, and those parts of it that are split or compressed."""
    yield data
    if format_in == "jpeg" and b"jumb" in data:
        yield _HEAD_OF_PART.sub(b"", data)
    elif format_in == "gif":
        yield from _gif(data)
    elif format_in == "png":
        # The texts of a PNG may be compressed.
        for trace in islice(inspect.inspect(data, format_in), MAX_TRACES):
            value = trace.value if isinstance(trace.value, bytes) else trace.value.encode()
            yield trace.name.encode() + b"=" + value


def _gif(data: bytes) -> Iterator[bytes]:
    """Yield the content of a C2PA extension, which is stored in sub-blocks of at most 255 bytes."""
    at = data.find(_GIF)
    if at < 0:
        return
    at += len(_GIF)
    parts = []
    while at < len(data) and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    yield b"".join(parts)
