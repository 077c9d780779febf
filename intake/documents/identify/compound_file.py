"""OLE compound files (MS-CFB): old Word files, encrypted documents, messages of Outlook."""

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Name of a stream → reason to refuse. The first that is found counts.
_STREAMS = {
    "EncryptedPackage": "encrypted",
    "__properties_version1.0": "mail",
    "WordDocument": "old_word",
    "Workbook": "sheet",
    "Book": "sheet",
    "PowerPoint Document": "sheet",
    "FileHeader": "other_word",  # Hangul
    "MatOST": "other_word",  # Works
}
_OLD_WORD = (".doc", ".dot")
# MS-CFB 2.6.1: an entry of the directory has 128 bytes and begins with its name. Sectors begin at multiples
# of 512, so that every entry begins at a multiple of 128.
_ENTRY = 128


def reason(data: bytes, name: str) -> str:
    """Reason to refuse a compound file: a key of `refusal.REASONS`. No compound file is accepted."""
    for stream, found in _STREAMS.items():
        if _has_stream(data, stream):
            return found
    return "old_word" if name.lower().endswith(_OLD_WORD) else "unknown"


def _has_stream(data: bytes, stream: str) -> bool:
    entry = stream.encode("utf-16-le") + b"\0\0"
    place = data.find(entry)
    while place >= 0:
        if place % _ENTRY == 0:
            return True
        place = data.find(entry, place + 1)
    return False
