"""A mark planted anywhere in any format never survives. TRANSOM_PLANTED is the number of examples, 2000 at night."""

import io
import os
import struct
import zlib
from collections.abc import Callable

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import PngImagePlugin, TiffImagePlugin

from intake.photos import clean_photo
from tests.photos import made
from tests.photos.planted import spellings

EXAMPLES = int(os.environ.get("TRANSOM_PLANTED") or 100)
SMALL = made.scene(64, 48)
MARKS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=8, max_size=40).map("CNRY".__add__)
"""Plain letters, so that no format has to escape them."""

_ARTIST = 0x013B

Plant = Callable[[str], bytes]
"""Function that returns a photo with the given mark in it."""


def before_scans(number: int) -> Callable[[str], bytes]:
    return lambda mark: made.encoded(SMALL, "JPEG", progressive=True).replace(
        b"\xff\xda", segment(number, mark.encode()) + b"\xff\xda"
    )


def segment(number: int, body: bytes) -> bytes:
    return bytes([0xFF, number]) + struct.pack(">H", len(body) + 2) + body


def jfif_thumbnail(mark: str) -> bytes:
    pixels = mark.encode().ljust(48, b"!")
    plain = made.encoded(SMALL, "JPEG")
    return plain[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\4\4" + pixels) + plain[20:]


def second_jpeg(mark: str) -> bytes:
    return made.encoded(SMALL, "JPEG") + made.encoded(SMALL, "JPEG", comment=mark.encode())


def png(name: bytes, body: Callable[[bytes], bytes], *, late: bool = False) -> Plant:
    """A PNG with one more chunk, before or after its pixels."""

    def plant(mark: str) -> bytes:
        plain = made.encoded(SMALL, "PNG")
        at = len(plain) - 12 if late else 33
        return plain[:at] + made.chunk(name, body(mark.encode())) + plain[at:]

    return plant


def png_itxt(mark: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", mark, zip=True)
    return made.encoded(SMALL, "PNG", pnginfo=info)


def png_pixels(mark: str) -> bytes:
    """Photo with the mark in the stream of pixels, behind the last row."""
    rows = bytes(48 * (1 + 64 * 3)) + mark.encode()
    head = made.chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + made.chunk(b"IDAT", zlib.compress(rows)) + made.chunk(b"IEND", b"")


def webp(name: bytes) -> Plant:
    """A WebP with one more chunk."""

    def plant(mark: str) -> bytes:
        plain = made.encoded(SMALL, "WEBP", exif=made.exif_block("nobody"))
        body = mark.encode()
        more = name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
        return b"RIFF" + struct.pack("<I", len(plain) + len(more) - 8) + plain[8:] + more

    return plant


def gif(head: bytes) -> Plant:
    """A GIF with one more extension before its picture's end."""

    def plant(mark: str) -> bytes:
        block = head + bytes([len(mark)]) + mark.encode() + b"\0"
        return made.encoded(SMALL.quantize(), "GIF")[:-1] + block + b";"

    return plant


def tiff(tag: int) -> Plant:
    def plant(mark: str) -> bytes:
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags.tagtype[tag] = 2 if tag == _ARTIST else 7
        tags[tag] = mark if tag == _ARTIST else mark.encode()
        return made.encoded(SMALL, "TIFF", tiffinfo=tags, compression="tiff_lzw")

    return plant


def heif(**how: Callable[[str], bytes]) -> Plant:
    def plant(mark: str) -> bytes:
        out = io.BytesIO()
        pillow_heif.from_pillow(SMALL).save(out, **{name: form(mark) for name, form in how.items()})
        return out.getvalue()

    return plant


def avif(**how: Callable[[str], bytes]) -> Plant:
    return lambda mark: made.encoded(SMALL, "AVIF", **{name: form(mark) for name, form in how.items()})


def box(name: bytes, plain: Plant) -> Plant:
    """Photo with one more box at the end, where no offset has to move."""
    return lambda mark: plain(mark) + struct.pack(">I4s", len(mark) + 8, name) + mark.encode()


def trailer(name: str) -> Plant:
    return lambda mark: made.encoded(SMALL, name) + mark.encode()


EXIF_AND_XMP: dict[str, Callable[[str], bytes]] = {"exif": made.exif_block, "xmp": made.xmp_packet}
PNG_EXIF: Callable[[bytes], bytes] = lambda mark: made.exif_block(mark.decode()).removeprefix(b"Exif\0\0")  # noqa: E731

SLOTS: dict[str, Plant] = {
    "jpeg, all of Exif, XMP, comment, trailer": lambda mark: made.jpeg_with_gps(64, 48, mark),
    "jpeg, a thumbnail in JFIF": jfif_thumbnail,
    "jpeg, a second picture behind the first": second_jpeg,
    "jpeg, a second picture by MPF": made.multi_picture,
    "jpeg, a film": made.motion_photo,
    **{f"jpeg, segment {n:#x} before each scan": before_scans(n) for n in (0xFE, *range(0xE0, 0xF0))},
    "png, text of all kinds, Exif, private, trailer": made.png_with_text,
    "png, packed iTXt": png_itxt,
    "png, behind the last row": png_pixels,
    "png, tEXt": png(b"tEXt", b"Comment\0".__add__),
    "png, zTXt": png(b"zTXt", lambda mark: b"Comment\0\0" + zlib.compress(mark)),
    "png, eXIf": png(b"eXIf", PNG_EXIF, late=True),
    "png, private": png(b"prVt", bytes),
    "png, private and packed, after the pixels": png(b"prVt", zlib.compress, late=True),
    "webp, EXIF": lambda mark: made.encoded(SMALL, "WEBP", exif=made.exif_block(mark)),
    "webp, XMP": lambda mark: made.encoded(SMALL, "WEBP", xmp=made.xmp_packet(mark)),
    "webp, unknown chunk": webp(b"zzzz"),
    "webp, moving": lambda mark: made.animated("WEBP", mark, 2),
    "gif, comment": gif(b"!\xfe"),
    "gif, application": gif(b"!\xff\x0bMARKMARKMAR"),
    "gif, plain text": gif(b"!\x01\x0c" + bytes(12)),
    "gif, moving": lambda mark: made.animated("GIF", mark, 2),
    "tiff, artist": tiff(_ARTIST),
    "tiff, private": tiff(0xC7A1),
    "tiff, XMP": tiff(0x02BC),
    "tiff, Photoshop": tiff(0x8649),
    "heif, Exif and XMP": heif(**EXIF_AND_XMP),
    "heif, free": box(b"free", heif()),
    "heif, unknown box": box(b"zzzz", heif()),
    "avif, Exif and XMP": avif(**EXIF_AND_XMP),
    "avif, free": box(b"free", avif()),
    "avif, unknown box": box(b"zzzz", avif()),
    **{f"{name}, trailer": trailer(name) for name in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")},
    "heif, trailer": lambda mark: heif()(mark) + mark.encode(),
}


@pytest.mark.parametrize("slot", SLOTS)
def test_each_slot_holds_its_mark_and_is_cleaned(slot: str) -> None:
    """If a slot lost the mark, or cleaning refused the file, the test below would prove nothing."""
    planted = SLOTS[slot]("CNRY7777")
    assert spellings(planted, "CNRY7777")
    assert clean_photo(planted).full


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(slot=st.sampled_from(sorted(SLOTS)), mark=MARKS, spelled=st.sampled_from(("raw", "wide", "hex")))
def test_no_mark_comes_through(slot: str, mark: str, spelled: str) -> None:
    written = {"raw": mark, "wide": "\0".join(mark), "hex": mark.encode().hex()}[spelled]
    cleaned = clean_photo(SLOTS[slot](written))
    for copy in (cleaned.full, cleaned.web, cleaned.thumb):
        assert spellings(copy, mark) == []
