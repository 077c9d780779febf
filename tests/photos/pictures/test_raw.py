import struct

import pytest

from intake.photos.pictures import raw
from intake.photos.pictures.main_picture import MainPicture
from intake.photos.refusal import PhotoRefused
from tests.photos import made, several


def size(main: MainPicture) -> tuple[int, int]:
    return made.opened(main.data).size


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_largest_photo_is_chosen(order: str) -> None:
    main = raw.choose(several.dng((400, 300), (120, 90), (300, 225), (200, 150), order=order))
    assert (size(main), main.format_in, main.notes) == ((300, 225), "jpeg", {"raw": True})


def test_a_small_preview_is_refused() -> None:
    for previews in ([], [(199, 150)]):
        with pytest.raises(PhotoRefused, match="raw_photo"):
            raw.choose(several.dng((400, 300), *previews))


def test_the_photo_is_turned_as_the_raw_file_says() -> None:
    main = raw.choose(several.dng((400, 300), (300, 225), orientation=6))
    assert made.opened(main.data).getexif()[0x0112] == 6


def test_a_photo_with_its_own_exif_is_not_changed() -> None:
    photo = several.jpeg((300, 225), exif=made.exif_block("x", 8))
    main = raw.choose(rw2(photo, (500, 400)))
    assert main.data == photo


def rw2(photo: bytes, sensor: tuple[int, int]) -> bytes:
    """Panasonic: the sensor's size in tags 2 and 3, and no usual tags."""
    fields = struct.pack("<HHHIIHHII", 2, 2, 3, 1, sensor[0], 3, 3, 1, sensor[1]) + bytes(4)
    return b"IIU\0" + struct.pack("<I", 8) + fields + photo


def raf(photo: bytes, sensor: tuple[int, int]) -> bytes:
    """Fujifilm: offsets of the photo and of records with the sensor's size."""
    head = b"FUJIFILMCCD-RAW ".ljust(84, b"\0")
    table = (
        struct.pack(">I", 2)
        + struct.pack(">HHI", 0x0200, 4, 7)
        + struct.pack(">HHHH", 0x0100, 4, sensor[1], sensor[0])
    )
    at = 108
    places = struct.pack(">IIII", at + len(table), len(photo), at, len(table)) + bytes(8)
    return head + places + table + photo


def cr3(photo: bytes, sensor: tuple[int, int]) -> bytes:
    """Canon: the size in the sample entry of a track."""

    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    entry = box(b"CRAW", bytes(24) + struct.pack(">HH", *sensor) + bytes(50))
    inner = box(b"stsd", bytes(4) + struct.pack(">I", 1) + entry)
    for name in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        inner = box(name, inner)
    return box(b"ftyp", b"crx " + bytes(4)) + inner + box(b"mdat", photo)


@pytest.mark.parametrize("maker", [rw2, raf, cr3], ids=["RW2", "RAF", "CR3"])
def test_other_makers_raw_files_have_a_photo_too(maker: object) -> None:
    assert callable(maker)
    photo = several.jpeg((300, 225))
    assert size(raw.choose(maker(photo, (500, 400)))) == (300, 225)
    with pytest.raises(PhotoRefused, match="raw_photo"):
        raw.choose(maker(photo, (700, 500)))


def test_without_a_sensors_size_nothing_can_be_proven() -> None:
    with pytest.raises(PhotoRefused, match="raw_photo"):
        raw.choose(b"FOVb" + bytes(100) + several.jpeg((300, 225)))


@pytest.mark.parametrize("cut", [10, 90, 100, 112, 120])
def test_a_cut_file_is_refused(cut: int) -> None:
    with pytest.raises(PhotoRefused, match="raw_photo"):
        raw.choose(raf(several.jpeg((300, 225)), (500, 400))[:cut])
