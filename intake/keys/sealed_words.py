"""Stored form of texts: each value is encrypted (sealed), and its place in the database is the associated data.

The first byte is the form: CLEAR in rows of versions without encryption, WHOLE, or PARTS for a long text, whose beginning
is sealed separately, so that a list decrypts no more than that. An empty value was emptied by a purge.
"""

from intake.crypto import KeyFault, seal, unseal

CLEAR, WHOLE, PARTS = b"\x00", b"\x01", b"\x02"
BEGINNING_CHARACTERS = 4000
"""Number of characters at the beginning of a long text that are sealed separately."""
_LENGTH_BYTES = 4
_OVERHEAD = 12 + 16
"""Bytes of nonce and tag."""
_STEP = 64


def padded(plain: bytes) -> bytes:
    """Pad with the byte 0x80 and zeros, so that stored lengths reveal less.

    Up to 1 KiB the length becomes a multiple of 64 bytes. Longer values grow by an eighth at most.
    """
    length = len(plain) + 1
    step = max(_STEP, 1 << max(0, length.bit_length() - 4))
    return plain + b"\x80" + bytes(-length % step)


BEGINNING_BYTES = 1 + _LENGTH_BYTES + _OVERHEAD + len(padded(bytes(4 * BEGINNING_CHARACTERS)))
"""Bytes from the start of a stored value that always hold the whole beginning."""


def seal_words(key: bytes, words: str, place: str, *, in_parts: bool = False) -> bytes:
    """Seal any string for a place, which names table, column, submission and row.

    With `in_parts`, `beginning_of` opens the beginning of a long text without its rest.
    """
    if not in_parts or len(words) <= BEGINNING_CHARACTERS:
        return WHOLE + _seal(key, words, place)
    beginning = _seal(key, words[:BEGINNING_CHARACTERS], f"{place} beginning")
    rest = _seal(key, words[BEGINNING_CHARACTERS:], f"{place} rest")
    return PARTS + len(beginning).to_bytes(_LENGTH_BYTES, "big") + beginning + rest


def is_clear(stored: bytes) -> bool:
    """Return whether a stored value is in clear, or emptied: no key is needed for it."""
    return stored[:1] in {b"", CLEAR}


def open_words(key: bytes, stored: bytes, place: str) -> str:
    """Open a value from `seal_words`, or a clear one. Raises KeyFault for another key or place, or if a byte was changed."""
    if stored[:1] == PARTS:
        beginning, rest = _parts(stored)
        return _open(key, beginning, f"{place} beginning") + _open(key, rest, f"{place} rest")
    return _open_whole(key, stored, place)


def beginning_of(key: bytes, start: bytes, place: str) -> str:
    """Return at most BEGINNING_CHARACTERS of the words, from the first BEGINNING_BYTES of a stored value. Raises KeyFault."""
    if start[:1] == PARTS:
        return _open(key, _parts(start)[0], f"{place} beginning")
    return _open_whole(key, start, place)[:BEGINNING_CHARACTERS]


def clear(stored: bytes) -> str:
    """Decode a value for which `is_clear` holds. An incomplete character at its end is dropped."""
    return stored[1:].decode(errors="ignore")


def _open_whole(key: bytes, stored: bytes, place: str) -> str:
    if is_clear(stored):
        return clear(stored)
    if stored[:1] != WHOLE:
        raise KeyFault("A stored value has no form of sealed words.")
    return _open(key, stored[1:], place)


def _parts(stored: bytes) -> tuple[bytes, bytes]:
    start = 1 + _LENGTH_BYTES
    end = start + int.from_bytes(stored[1:start], "big")
    return stored[start:end], stored[end:]


def _seal(key: bytes, words: str, place: str) -> bytes:
    return seal(key, padded(words.encode(errors="surrogatepass")), place.encode())


def _open(key: bytes, sealed: bytes, place: str) -> str:
    return unseal(key, sealed, place.encode()).rstrip(b"\0")[:-1].decode(errors="surrogatepass")
