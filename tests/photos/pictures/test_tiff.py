import pytest

from intake.photos.pictures import tiff
from intake.photos.pictures.directories import Directories
from intake.photos.refusal import PhotoRefused
from tests.photos import made, several

THREE = several.tiff((64, 48), (40, 30), (80, 20))


@pytest.mark.parametrize(("page", "size"), [(1, (64, 48)), (2, (40, 30)), (3, (80, 20))])
def test_every_page_can_be_chosen(page: int, size: tuple[int, int]) -> None:
    main = tiff.choose(THREE, page, None)
    assert (made.opened(main.data).size, main.notes) == (size, {"page": [page, 3]})


def test_a_single_page_needs_no_note() -> None:
    assert tiff.choose(several.tiff((64, 48)), 1, None).notes == {}


def refusal(data: bytes, page: int = 1, max_pages: int | None = None) -> tuple[str, str]:
    with pytest.raises(PhotoRefused) as refused:
        tiff.choose(data, page, max_pages)
    return refused.value.reason, refused.value.detail


def test_too_many_pages_are_refused_with_their_number() -> None:
    assert refusal(THREE, max_pages=2) == ("too_many_pages", "3")
    assert refusal(several.tiff(*[(2, 2)] * 90)) == ("too_many_pages", "90")


def test_pages_that_would_be_counted_but_not_read_are_refused() -> None:
    """Transom reads a limited number of directories. Small copies in nested directories count towards this limit."""
    scan = several.scan(40, small_copies=2)
    assert refusal(scan) == ("too_many_pages", "40")
    few = several.scan(20, small_copies=2)
    assert tiff.choose(few, 20, None).notes == {"page": [20, 20]}


def test_a_page_that_is_not_there_is_refused() -> None:
    assert refusal(THREE, page=4) == ("damaged", "no such page")
    assert refusal(b"II*\0" + bytes(20)) == ("damaged", "no page")


def marked(data: bytes, page: int, tag: int, value: int) -> bytes:
    """Overwrite the compression field, which Pillow always writes, with a field `tag` (type LONG) of this value."""
    found = Directories(data).pages[page]
    fields = int.from_bytes(data[found.offset : found.offset + 2], "little")
    for at in range(found.offset + 2, found.offset + 2 + fields * 12, 12):
        if int.from_bytes(data[at : at + 2], "little") == 0x0103:
            # Keep `ImageWidth` and the other fields. Replace only the entry of the compression.
            entry = tag.to_bytes(2, "little") + b"\4\0\1\0\0\0" + value.to_bytes(4, "little")
            return data[:at] + entry + data[at + 12 :]
    raise AssertionError("no such field")


def test_small_copies_and_masks_are_no_pages() -> None:
    two = several.tiff((64, 48), (40, 30))
    assert tiff.choose(marked(two, 1, 0x00FE, 1), 1, None).notes == {}
    assert tiff.choose(marked(two, 1, 0x00FE, 4), 1, None).notes == {}


def test_a_small_copy_that_is_larger_is_refused() -> None:
    assert refusal(marked(several.tiff((40, 30), (64, 48)), 1, 0x00FE, 1)) == ("larger_picture", "")


def test_a_thumbnail_as_in_exif_is_no_page() -> None:
    assert tiff.choose(several.tiff((640, 480), (160, 120)), 1, None).notes == {}
    assert tiff.choose(several.tiff((640, 480), (160, 100)), 1, None).notes == {"page": [1, 2]}


def test_a_raw_file_is_recognised() -> None:
    assert tiff.choose(several.dng((400, 300), (300, 200)), 1, None).notes == {"raw": True}
