"""Remains of a ZIP archive in a file that is none: it was cut, damaged, or changed on its way as if it were text."""

import re

# Signatures of a part, of an entry and the end of the directory, and of what may follow a part (APPNOTE.TXT, 4.3).
_SIGNATURE = re.compile(rb"PK(?:\x01\x02|\x03\x04|\x05[\x05\x06]|\x06[\x06-\x08]|\x07\x08)")
# Bytes that no text in a one-byte encoding or UTF-8 has.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")
# Programs that drop control characters leave `PK` before and behind the names of the parts.
_BEFORE = re.compile(
    rb"PK[^\r\n]{0,60}?(?:\[Content_Types\]\.xml|mimetypeapplication/|(?:_rels|word|docProps|customXml|META-INF|Configurations2)/)"
)
_BEHIND = re.compile(rb"\.(?:xml|rels|rdf|png|jpe?g|gif|emf|wmf|bin|vml|odttf|txt)PK")


def are_in(data: bytes) -> bool:
    """Return whether a file that would be read as text has remains of an archive. Runs in linear time.

    A signature alone is no such sign, because people write about files, too.
    """
    signatures = len(_SIGNATURE.findall(data))
    if signatures > 1 or (signatures and _BINARY.search(_SIGNATURE.sub(b"", data))):
        return True
    return bool(_BEFORE.search(data) or _BEHIND.search(data))
