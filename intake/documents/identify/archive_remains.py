"""Detect a broken ZIP archive: a file that was cut, damaged, or converted in transit as if it were text."""

import re

# ZIP signatures: local header, central directory entry and end, data descriptor and others (APPNOTE.TXT, 4.3).
_SIGNATURE = re.compile(rb"PK(?:\x01\x02|\x03\x04|\x05[\x05\x06]|\x06[\x06-\x08]|\x07\x08)")
# Bytes that no text in a one-byte encoding or UTF-8 has.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")
# If a program dropped the control characters, `PK` still stands before and behind the names of the parts.
_BEFORE = re.compile(
    rb"PK[^\r\n]{0,60}?(?:\[Content_Types\]\.xml|mimetypeapplication/|(?:_rels|word|docProps|customXml|META-INF|Configurations2)/)"
)
_BEHIND = re.compile(rb"\.(?:xml|rels|rdf|png|jpe?g|gif|emf|wmf|bin|vml|odttf|txt)PK")


def are_in(data: bytes) -> bool:
    """Return whether a file that would be read as text has remains of an archive. Runs in linear time.

    A single signature is not enough, because a text about file formats may contain one.
    """
    signatures = len(_SIGNATURE.findall(data))
    if signatures > 1 or (signatures and _BINARY.search(_SIGNATURE.sub(b"", data))):
        return True
    return bool(_BEFORE.search(data) or _BEHIND.search(data))
