"""File type by content. File names and HTTP headers are ignored.

`sniff` is pure Python and safe anywhere. `identify` calls libmagic, a C parser, and must run in the sandbox.
"""

import ctypes
import ctypes.util
import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from intake.photos import unaccepted
from intake.photos.refusal import PhotoRefused

if TYPE_CHECKING:
    import magic


HEAD_BYTES = 8192
"""Bytes of a file that libmagic reads. This is enough for the accepted types, and quick."""

FORMATS = {
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/apng": "png",
    "image/vnd.mozilla.apng": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/tiff": "tiff",
    "image/heic": "heif",
    "image/heic-sequence": "heif",
    "image/heif": "heif",
    "image/heif-sequence": "heif",
    "image/avif": "avif",
    "image/avif-sequence": "avif",
}
"""Media type of libmagic → name of the format. Types that are missing here are not accepted."""

RAW_SIGNATURES = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM")
"""First bytes of ORF (3), RW2, RAF, X3F and MRW. Most other raw formats look like TIFF."""

RAW_BRAND = b"crx "
"""Brand of CR3 (Canon)."""

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    *((signature, "raw") for signature in RAW_SIGNATURES),
)
# ISO/IEC 23008-12 annex B. Some encoders use MiHB, MiHE and miaf as major brand.
_HEIF_BRANDS = {
    b"heic",
    b"heix",
    b"heim",
    b"heis",
    b"hevc",
    b"hevx",
    b"mif1",
    b"msf1",
    b"MiHB",
    b"MiHE",
    b"miaf",
}
_AVIF_BRANDS = {b"avif", b"avis"}


def sniff(first_bytes: bytes) -> str | None:
    """Format claimed by the first bytes (a value of FORMATS, or raw), or None. Pass at least 64 bytes."""
    for signature, name in _SIGNATURES:
        if first_bytes.startswith(signature):
            return name
    if first_bytes[:4] == b"RIFF" and first_bytes[8:12] == b"WEBP":
        return "webp"
    return _sniff_boxes(first_bytes) if first_bytes[4:8] == b"ftyp" else None


def _sniff_boxes(first_bytes: bytes) -> str | None:
    """HEIF or AVIF by the brands in the `ftyp` box. The compatible brands decide if the major brand is generic."""
    end = min(int.from_bytes(first_bytes[:4], "big"), len(first_bytes), 256)
    major = first_bytes[8:12]
    if major == RAW_BRAND:
        return "raw"
    brands = {major} | {first_bytes[at : at + 4] for at in range(16, end - 3, 4)}
    if major in _AVIF_BRANDS or (major in _HEIF_BRANDS and brands & _AVIF_BRANDS):
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else None


def identify(data: bytes) -> str:
    """Identify the format. libmagic reads the first 8,192 bytes, and the signature must agree.

    Raises PhotoRefused, with the reason that fits the kind of file.
    """
    if not data:
        raise PhotoRefused("empty")
    claimed = sniff(data[:HEAD_BYTES])
    if claimed == "raw":
        # libmagic has media types for some cameras only.
        return claimed
    media_type = _libmagic().from_buffer(data[:HEAD_BYTES])
    if FORMATS.get(media_type) == claimed is not None:
        return claimed
    # Older libmagic reports HEIF with a rare brand as `video/mp4` or plain bytes. The brand lists above are
    # stricter, so they decide.
    if claimed in {"heif", "avif"} and media_type in _VAGUE:
        return claimed
    reason = unaccepted.reason(data, media_type)
    if claimed == "tiff" and reason == "raw_photo":
        # libmagic knows some cameras' raw files, which are TIFF files.
        return claimed
    raise PhotoRefused("damaged" if claimed else reason)


_VAGUE = {"application/octet-stream", "video/mp4", "video/quicktime", *FORMATS}


def libmagic_version() -> str:
    """Version of libmagic in use, as `545 (system)` or `545 (wheel)`.

    Raises ImportError if libmagic is missing.
    """
    _libmagic()
    import magic

    version = magic.version()  # type: ignore[no-untyped-call] # the package's stubs leave it out
    return f"{version} ({'wheel' if _wheel_folder() else 'system'})"


@cache
def _libmagic() -> "magic.Magic":
    """The libmagic instance, set to return media types. Slow to load, so the parent loads it before it forks."""
    folder = _wheel_folder()
    if folder:
        # python-magic loads `libmagic.so.1` next, and the loader returns this copy, which is already in memory.
        ctypes.CDLL(str(folder / "libmagic.so.1"), mode=ctypes.RTLD_GLOBAL)
    import magic

    return magic.Magic(mime=True, magic_file=str(folder / "magic.mgc") if folder else None)


@cache
def _wheel_folder() -> Path | None:
    """Folder of libmagic in the wheel pylibmagic, or None if the system has libmagic.

    The wheel is not imported, because it patches ctypes. Raises ImportError if both are missing.
    """
    try:
        ctypes.CDLL("libmagic.so.1")
    except OSError:
        found = importlib.util.find_spec("pylibmagic")
        if found is None or not found.submodule_search_locations:
            raise ImportError("libmagic is missing: install the package pylibmagic, or libmagic1") from None
        return Path(next(iter(found.submodule_search_locations)))
    return None
