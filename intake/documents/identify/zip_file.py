"""Kind of a ZIP archive by the parts inside: Word, OpenDocument, Pages and others."""

import re
import zlib
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from intake.documents import limits
from intake.documents.refusal import DocumentRefused

CONTENT_TYPES = "[Content_Types].xml"
MIMETYPE = "mimetype"

# Each part of an archive has this signature in the directory. Counting it first bounds the time and memory that
# `zipfile` takes for the directory of a hostile file.
_PART = b"PK\x01\x02"
_MAX_READ = 256 * 1024

# OPC part 1, 10.1: the type of the main part says what kind of package this is.
_WORD = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w{0,9})\.main\+xml",
    re.IGNORECASE,
)
_SHEET = re.compile(
    rb"(?:spreadsheetml|ms-excel|presentationml|ms-powerpoint)\.[\w.]{1,60}\.main\+xml", re.IGNORECASE
)
_ODF = "application/vnd.oasis.opendocument."
_MIMETYPES = {
    "application/epub+zip": "book",
    "application/hwp+zip": "other_word",
    "application/vnd.sun.xml.writer": "other_word",
    f"{_ODF}text-master": "other_word",
    f"{_ODF}spreadsheet": "sheet",
    f"{_ODF}presentation": "sheet",
}
_SHEETS = (".numbers", ".key")
"""Extensions of Numbers and Keynote, whose archives look like those of Pages."""


def kind(data: bytes, name: str) -> Literal["docx", "odt"]:
    """Kind of a document in a ZIP archive. Raises DocumentRefused for all others, and if it is damaged."""
    if data.count(_PART) > limits.MAX_PARTS:
        raise DocumentRefused("damaged", "too many parts")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _kind(archive, name)
    except (BadZipFile, ValueError, LookupError, OSError, EOFError, RuntimeError, zlib.error) as error:
        raise DocumentRefused("damaged", type(error).__name__) from None


def _kind(archive: ZipFile, name: str) -> Literal["docx", "odt"]:
    names = set(archive.namelist())
    if CONTENT_TYPES in names:
        return _office(_start(archive, CONTENT_TYPES), names)
    if MIMETYPE in names:
        return _by_mimetype(_start(archive, MIMETYPE).decode("ascii", "replace").strip())
    # Some programs leave out the part `mimetype`.
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        return "odt"
    if not names.isdisjoint({"Index/Document.iwa", "Index.zip", "index.xml", "index.xml.gz"}):
        raise DocumentRefused("sheet" if name.lower().endswith(_SHEETS) else "pages")
    raise DocumentRefused("archive")


def _office(types: bytes, names: set[str]) -> Literal["docx"]:
    # The type may be written in UTF-16, so the usual name of the main part counts too.
    plain = types.replace(b"\0", b"")
    if _WORD.search(plain):
        return "docx"
    if _SHEET.search(plain):
        raise DocumentRefused("sheet")
    if "word/document.xml" in names:
        return "docx"
    raise DocumentRefused("unknown")


def _by_mimetype(mimetype: str) -> Literal["odt"]:
    if mimetype in {f"{_ODF}text", f"{_ODF}text-template"}:
        return "odt"
    known = (reason for start, reason in _MIMETYPES.items() if mimetype.startswith(start))
    raise DocumentRefused(next(known, "unknown"))


def _start(archive: ZipFile, name: str) -> bytes:
    """First bytes of a part, at most _MAX_READ, even if the ZIP directory claims another size."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise DocumentRefused("encrypted")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise DocumentRefused("damaged", "compression")
    with archive.open(info) as part:
        return part.read(_MAX_READ)
