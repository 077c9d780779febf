import pytest

from intake.photos.pictures.directories import MAX_DIRECTORIES, Directories
from tests.photos import made, several


def test_reads_the_chain_of_pages() -> None:
    found = Directories(several.tiff((64, 48), (40, 30)))
    assert [(page.width, page.height, page.reduced, page.mask) for page in found.pages] == [
        (64, 48, False, False),
        (40, 30, False, False),
    ]
    assert found.count() == 2


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_nested_directories(order: str) -> None:
    found = Directories(several.dng((400, 300), (200, 150), order=order))
    assert [(each.width, each.reduced) for each in found] == [(32, True), (400, False), (200, True)]


def test_pages_that_are_not_read_are_counted() -> None:
    pages = Directories(several.tiff(*[(2, 2)] * (MAX_DIRECTORIES + 5)))
    assert len(pages.pages) == MAX_DIRECTORIES
    assert pages.count() == MAX_DIRECTORIES + 5


def test_a_loop_ends() -> None:
    data = several.tiff((8, 8))
    (page,) = Directories(data).pages
    end = page.offset + 2 + int.from_bytes(data[page.offset : page.offset + 2], "little") * 12
    looped = data[:end] + page.offset.to_bytes(4, "little") + data[end + 4 :]
    assert Directories(looped).count() == 1


@pytest.mark.parametrize("data", [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff"])
def test_a_broken_file_has_no_pages(data: bytes) -> None:
    assert not any(page.values for page in Directories(data).pages)
    assert Directories(data).count() <= 1


def test_another_page_can_come_first() -> None:
    found = Directories(several.tiff((64, 48), (40, 30)))
    assert made.opened(found.starting_at(found.pages[1])).size == (40, 30)
