"""Decode the bytes of a text file: byte order mark, then UTF-8, then the most plausible legacy encoding."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

import chardet

from intake.documents.plain_text import garble
from intake.documents.refusal import DocumentRefused

# UTF-32 first, because its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
LEGACY = (
    "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "kz1048", "ptcp154",
    "gb18030", "big5hkscs", "shift_jis", "cp932", "euc-jp", "iso-2022-jp", "cp949", "euc-kr",
    "cp1256", "iso8859-6", "cp1255", "iso8859-8", "cp1252", "iso8859-1", "iso8859-15", "cp1254", "iso8859-9",
    "cp1250", "iso8859-2", "cp1257", "cp1253", "iso8859-7", "cp1258", "cp874", "tis-620", "mac-roman", "cp850",
)  # fmt: skip
"""Encodings that are tried if a file is not UTF-8. Few of DOS and Mac, where people still have such files."""
_OTHER_BYTES = frozenset(
    {
        "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "kz1048", "ptcp154", "cp1256", "iso8859-6", "cp1255",
        "iso8859-8", "cp1253", "iso8859-7", "cp874", "tis-620",
    }
)  # fmt: skip
"""Single-byte encodings for alphabets other than the Latin one."""
_WORD = re.compile(rb"[A-Za-z\xc0-\xff]+")
_ASCII, _HIGH = re.compile(rb"[A-Za-z]"), re.compile(rb"[\xc0-\xff]")

# Control characters except those of text files: tab, line and page ends, DOS end mark, escapes of ISO-2022.
_CONTROL = re.compile("[\x00-\x06\x0e-\x19\x1c-\x1f]")
# A text may have a few stray control characters. With more than 3, and more than one in 500 letters, it is binary.
_STRAY = 3
_LETTERS_PER_CONTROL = 500
# A text in another encoding may hold a few sequences that are valid UTF-8, but far more that are not.
_VALID_PER_ERROR = 20
_SEQUENCE = re.compile("[^\x00-\x7f\ufffd]")


@dataclass(frozen=True)
class Decoded:
    """Text of a file, with keys of `document.NOTES` about doubts."""

    text: str
    notes: Sequence[str] = ()


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file.

    Raises DocumentRefused: `unknown` if no encoding fits, `damaged` if the text contains binary data.
    """
    decoded = _marked(data) or _utf8(data) or _wide(data) or _legacy(data)
    if decoded is None:
        raise DocumentRefused("unknown", "no text")
    if _is_binary(decoded.text) or garble.is_in(decoded.text):
        raise DocumentRefused("damaged", "no text")
    return decoded


def prepare() -> None:
    """Load the codecs, the detector and the tables of scripts, which read files on first use."""
    garble.is_in("é ж")
    for name in (*LEGACY, "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        codecs.lookup(name)
    for sample in ("Вчера вечером", "Größe über", "昨夜"):
        for name in ("cp1251", "cp1252", "gb18030"):
            _legacy(sample.encode(name, "ignore") * 20)


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_notes(data[len(mark) :].decode(name, "replace"))
    return None


def _utf8(data: bytes) -> Decoded | None:
    """Text decoded as UTF-8, with a few damaged letters at most. None if the encoding is another one."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        valid, errors = len(_SEQUENCE.findall(text)), text.count("\ufffd")
        return _with_notes(text) if errors * _VALID_PER_ERROR < valid else None
    # A NUL byte is valid UTF-8, but files with it are UTF-16 without a mark, or no text.
    return None if "\0" in text or "\x1b$" in text else Decoded(text)


def _wide(data: bytes) -> Decoded | None:
    """Text in UTF-16 without a byte order mark: zero bytes of spaces and line ends are all at odd or all at even places."""
    low, high = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or (low and high) or not (low or high):
        return None
    try:
        return Decoded(data.decode("utf-16-le" if high else "utf-16-be"), ("encoding-guessed",))
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes) -> Decoded | None:
    if b"\0" in data:
        return None
    found = chardet.detect(
        data,
        include_encodings=LEGACY,
        prefer_superset=True,
        compat_names=False,
        empty_input_encoding="cp1252",
    )
    name = found["encoding"]
    if name in _OTHER_BYTES and _has_accents(data):
        name = "cp1252"
    if name is None:
        return None
    damaged = _with_notes(data.decode(name, "replace"))
    return Decoded(damaged.text, ("encoding-guessed", *damaged.notes))


def _has_accents(data: bytes) -> bool:
    """Return whether most non-ASCII letters are in words with ASCII letters, which shows accented Latin text."""
    words = [word for word in _WORD.findall(data) if _HIGH.search(word)]
    return 2 * sum(_ASCII.search(word) is not None for word in words) > len(words)


def _with_notes(text: str) -> Decoded:
    return Decoded(text, ("encoding-damaged",) if "\ufffd" in text else ())


def _is_binary(text: str) -> bool:
    return "\0" in text or (len(_CONTROL.findall(text)) - _STRAY) * _LETTERS_PER_CONTROL > len(text)
