"""Type of a document by its content. A file name matters only between kinds of plain text, and for advice."""

from typing import Literal, get_args

from intake.documents import limits
from intake.documents.identify import compound_file, text_file, zip_file
from intake.documents.refusal import DocumentRefused

Kind = Literal["docx", "odt", "rtf", "txt", "md"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SIGNATURES = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\xffWPC", "other_word"),
    (b"\xdb\xa5", "old_word"),  # Word 2
    (b"\x31\xbe\0\0", "other_word"),  # Write
    (b"HWP Document File", "other_word"),
)
"""First bytes → reason to refuse."""
_IMAGE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_ARCHIVES = (".docx", ".docm", ".dotx", ".odt", ".ott", ".pages")
"""Extensions of formats that are ZIP archives. A file with such a name that is no archive was damaged in transit."""
_SPACE = b" \t\r\n\0"
_BOM = b"\xef\xbb\xbf"


def identify(data: bytes, name: str) -> Kind:
    """Identify a document. `name` is the file name that the sender gave, or empty.

    Templates (.dotx, .ott) and Word files with macros (.docm) are read like their ordinary kinds.
    Raises DocumentRefused, with the reason that fits the kind of file.
    """
    if not data:
        raise DocumentRefused("empty")
    if len(data) > limits.MAX_BYTES:
        raise DocumentRefused("too_large")
    head = data[:1024]
    if head.startswith(compound_file.SIGNATURE):
        raise DocumentRefused(compound_file.reason(data, name))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return zip_file.kind(data, name)
    if head.removeprefix(_BOM).lstrip(_SPACE).startswith(b"{\\rt"):
        return "rtf"
    if refused := _refusal(head, name):
        raise DocumentRefused(refused)
    if name.lower().endswith(_ARCHIVES):
        raise DocumentRefused("damaged", "no archive")
    return text_file.kind(data, name)


def _refusal(head: bytes, name: str) -> str | None:
    """Reason to refuse a file by its first bytes, or None."""
    if head.removeprefix(_BOM).lstrip(_SPACE).startswith(b"%PDF-"):
        return "pdf"
    # Other bytes may stand before the header (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head and name.lower().endswith(".pdf"):
        return "pdf"
    if head[4:8] == b"ftyp" and head[8:12] in _IMAGE_BRANDS:
        return "picture"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "picture"
    if head[257:262] == b"ustar":
        return "archive"
    # "BM" and a size of four bytes, of which the highest is zero in files below 16 MB.
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "picture"
    return next((reason for start, reason in _SIGNATURES if head.startswith(start)), None)
