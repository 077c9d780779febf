"""XMP properties by name (ISO 16684-1).

A regular expression finds the properties, because an XML parser could expand entities of an untrusted file.
"""

import re
from collections.abc import Iterator

from intake.photos.inspect.trace import Trace

MAX_BYTES = 1 << 20
# A property is an attribute or an element. Elements are matched by lookahead, because their tags may hold
# attributes.
_PROPERTY = re.compile(
    rb"""[<\s]([A-Za-z][\w-]{0,30}):([A-Za-z][\w-]{0,60})"""
    rb"""(?:\s*=\s*["']([^"'<]{0,400})|(?=[^<>]{0,400}+>([^<]{0,400}+)))"""
)
_SYNTAX = {"xmlns", "rdf", "x", "xml"}

_BY_PREFIX = {
    "crs": "editing", "xmpMM": "editing", "stEvt": "editing", "stRef": "editing", "photoshop": "editing", "xmp": "editing",
    "exif": "settings", "exifEX": "settings", "aux": "settings", "tiff": "settings",
    "Iptc4xmpCore": "caption", "dc": "caption", "hdrgm": "private_data", "GCamera": "private_data",
    "GImage": "private_data", "Container": "private_data", "Item": "private_data",
}  # fmt: skip
_BY_NAME = (
    (
        re.compile(r"^GPS|^Location|^City$|^State$|^Country|^Sublocation|^WorldRegion|^ProvinceState"),
        "position",
    ),
    (re.compile(r"Serial|DocumentID|InstanceID|ImageUniqueID|^documentID|^instanceID"), "serial_number"),
    (re.compile(r"^Make$|^Model$|^Lens"), "camera"),
    (re.compile(r"Date|^when$"), "date"),
    (
        re.compile(
            r"^creator$|^Creator$|^rights$|Owner|Author|^Credit|^CaptionWriter|^Ci[A-Z]|PersonInImage|Copyright"
        ),
        "name",
    ),
    (re.compile(r"^title$|^description$|^subject$|^Headline|^Instructions|^Title$|^Description"), "caption"),
)


def xmp(packet: bytes) -> Iterator[Trace]:
    """One trace for each XMP property, except those of XML and RDF syntax."""
    for found in _PROPERTY.finditer(packet[:MAX_BYTES]):
        prefix, name = found[1].decode(), found[2].decode()
        if prefix not in _SYNTAX:
            yield Trace(_kind(prefix, name), f"XMP {prefix}:{name}", found[3] or found[4] or b"")


def _kind(prefix: str, name: str) -> str:
    for pattern, kind in _BY_NAME:
        if pattern.search(name):
            return kind
    return _BY_PREFIX.get(prefix, "other")
