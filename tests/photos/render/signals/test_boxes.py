import struct

import pytest

from intake.photos.render import decoding
from intake.photos.render.colour_spaces import from_codes
from intake.photos.render.signals import boxes
from tests.photos import made
from tests.photos.render import named


@pytest.fixture(autouse=True)
def _prepared() -> None:
    decoding.prepare()


@pytest.mark.parametrize(("primaries", "transfer"), [(12, 13), (9, 16), (9, 18), (6, 6), (1, 13)])
@pytest.mark.parametrize("write", [named.heic, named.avif], ids=["heic", "avif"])
def test_reads_the_codes_of_the_primary_picture(write, primaries: int, transfer: int) -> None:  # type: ignore[no-untyped-def]
    assert boxes.read(write(made.scene(64, 48), primaries, transfer)) == from_codes(primaries, transfer)


def box(name: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return struct.pack(">I", 8 + len(body)) + name + body


def codes(primaries: int, transfer: int) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, 6, 128))


@pytest.mark.parametrize("wide", [False, True], ids=["7 bits", "15 bits"])
@pytest.mark.parametrize(("primary", "expected"), [(1, (12, 13)), (2, (9, 16))])
def test_the_codes_of_another_picture_do_not_count(
    wide: bool, primary: int, expected: tuple[int, int]
) -> None:
    """A gain map, and the alternative picture of an HDR file, have codes of their own."""
    properties = box(b"ipco", box(b"ispe", bytes(12)), codes(9, 16), codes(12, 13))
    lists = ((1, (1, 3)), (2, (1, 2)))
    entries = b"".join(
        struct.pack(">HB", item, len(found))
        + b"".join(
            struct.pack(">H" if wide else ">B", number | (0x8000 if wide else 0x80)) for number in found
        )
        for item, found in lists
    )
    association = box(b"ipma", bytes((0, 0, 0, wide)), struct.pack(">I", len(lists)), entries)
    named_primary = box(b"pitm", bytes(4), struct.pack(">H", primary))
    meta = box(b"meta", bytes(4), named_primary, box(b"iprp", properties, association))
    assert boxes.read(box(b"ftyp", b"heic") + meta) == from_codes(*expected)


@pytest.mark.parametrize("cut", range(0, 400, 23))
def test_a_file_cut_short_raises_nothing(cut: int) -> None:
    boxes.read(named.heic(made.scene(64, 48), 12, 13)[:cut])


def test_unspecified_codes_name_nothing() -> None:
    assert boxes.read(named.avif(made.scene(64, 48), 2, 2)) is None
