"""Read parts of a zip file in memory, by name, within limits. Nothing is unpacked to disk."""

import io
import struct
import zipfile
import zlib

from intake.documents.refusal import DocumentRefused

MB = 1024 * 1024
MAX_UNPACKED = 64 * MB
"""Maximum size in bytes of all parts that are read, counted while they are unpacked."""
MAX_PARTS = 2_000
MAX_NAME = 512

_ENTRY = b"PK\x01\x02"
"""Signature of an entry in the zip's directory."""
_LOCAL_HEADER = 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flag bits of an encrypted entry, strong encryption and masked headers included."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Signature of the container of old Word files. Word puts locked documents into it, too."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError,
    IndexError, RuntimeError, NotImplementedError, OverflowError, LookupError, TypeError,
)  # fmt: skip
"""Everything that zipfile raises for a malformed file."""


class Package:
    """A zip file whose parts are read one by one. Raises DocumentRefused if it is unsafe or malformed."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise DocumentRefused("empty")
        if data.startswith(_OLE):
            raise DocumentRefused("encrypted" if _LOCKED in data else "old_word", "OLE container")
        # zipfile builds an object for each entry, so count the entries before it does.
        if data.count(_ENTRY) > 2 * MAX_PARTS:
            raise DocumentRefused("too_big", "too many parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS:
            raise DocumentRefused("damaged", "not a zip file") from None
        self._left = MAX_UNPACKED
        self._infos = _by_name(self._zip.infolist())
        self._folded = {name.lower(): name for name in self._infos}

    def names(self) -> list[str]:
        """Names of all parts, without a leading slash."""
        return list(self._infos)

    def has(self, name: str) -> bool:
        """Return whether the zip file has a part of this name. Upper and lower case count as equal."""
        return self._named(name) is not None

    def read(self, name: str) -> bytes | None:
        """Unpack one part. Returns None if there is none of this name."""
        info = self._named(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise DocumentRefused("encrypted", "zip entry")
        if info.compress_type not in _METHODS:
            raise DocumentRefused("damaged", "compression method")
        data = self._unpacked(info)
        self._left -= len(data)
        return data

    def _named(self, name: str) -> zipfile.ZipInfo | None:
        return self._infos.get(name) or self._infos.get(self._folded.get(name.lower(), ""))

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        # A false size in the header does no harm: zipfile never unpacks more than this size, and then checks the CRC.
        if info.file_size > self._left:
            raise DocumentRefused("too_big", "unpacked size")
        try:
            with self._zip.open(info) as part:
                data = part.read(self._left + 1)
        except _FAULTS:
            raise DocumentRefused("damaged", "zip entry") from None
        if len(data) > self._left:
            raise DocumentRefused("too_big", "unpacked size")
        if len(data) != info.file_size:
            raise DocumentRefused("damaged", "announced size")
        return data


def _by_name(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Entries by name. Refuses too many, equal names and overlapping entries."""
    if len(infos) > MAX_PARTS:
        raise DocumentRefused("too_big", "too many parts")
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        # Some programs write backslashes.
        name = info.filename.replace("\\", "/").lstrip("/")
        if len(name) > MAX_NAME or name in named:
            raise DocumentRefused("damaged", "part name")
        named[name] = info
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise DocumentRefused("damaged", "overlapping parts")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return named
