"""The rule of all formats: the kept picture is at least as large as any other ordinary one, or the file is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.photos import CleanPhoto, PhotoRefused, clean_photo
from tests.photos import made, several

SIZES = st.lists(st.tuples(st.integers(16, 400), st.integers(16, 400)), min_size=1, max_size=5)
FEW = settings(max_examples=25, deadline=None)


def cleaned(data: bytes) -> CleanPhoto | str:
    try:
        return clean_photo(data)
    except PhotoRefused as refused:
        return refused.reason


def hold(data: bytes, sizes: list[tuple[int, int]]) -> None:
    """Assert the rule of `refuse_if_smaller` for a file with ordinary pictures of these sizes."""
    found = cleaned(data)
    if isinstance(found, str):
        assert found == "larger_picture"
        assert sizes[0][0] * sizes[0][1] < max(wide * high for wide, high in sizes)
        return
    assert found.width * found.height >= max(wide * high for wide, high in sizes)
    assert found.notes == ({"pictures": len(sizes)} if len(sizes) > 1 else {})
    assert "second_picture" not in found.removed


@FEW
@given(SIZES)
def test_multi_picture_files(sizes: list[tuple[int, int]]) -> None:
    hold(several.multi_picture(*sizes), sizes)


@FEW
@given(SIZES, st.binary(min_size=0, max_size=2000))
def test_motion_photos(sizes: list[tuple[int, int]], film: bytes) -> None:
    hold(several.motion_photo(sizes[0], sizes[1:], film), sizes)


@FEW
@given(SIZES)
def test_heif_files(sizes: list[tuple[int, int]]) -> None:
    hold(several.heic(*sizes), sizes)


@FEW
@given(SIZES)
def test_every_page_of_a_tiff_is_kept(sizes: list[tuple[int, int]]) -> None:
    # Pictures as small as an Exif thumbnail do not count as pages, so make all sizes larger.
    sizes = [(wide + 160, high + 160) for wide, high in sizes]
    data = several.tiff(*sizes)
    for page, size in enumerate(sizes, start=1):
        kept = clean_photo(data, page=page)
        assert (kept.width, kept.height) == size
        assert kept.notes == ({"page": [page, len(sizes)]} if len(sizes) > 1 else {})


@FEW
@given(st.tuples(st.integers(32, 400), st.integers(32, 400)), SIZES)
def test_raw_files(sensor: tuple[int, int], previews: list[tuple[int, int]]) -> None:
    found = cleaned(several.dng(sensor, *previews))
    if isinstance(found, str):
        assert found == "raw_photo"
        largest = max(previews, key=lambda size: size[0] * size[1])
        assert 2 * max(largest) < max(*sensor, *(side for size in previews for side in size))
    else:
        assert found.width * found.height >= max(wide * high for wide, high in previews)
        assert found.notes == {"raw": True}


def test_too_many_pages_are_refused_with_their_number() -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(several.tiff(*[(64, 48)] * 4), max_pages=3)
    assert (refused.value.reason, refused.value.notes) == ("too_many_pages", {"pages": 4})


def test_a_film_with_many_marks_of_scans_is_no_reason_to_refuse() -> None:
    film = (b"\xff\xda" + bytes(60_000)) * 150
    assert clean_photo(several.motion_photo((320, 240), film=film)).width == 320


def test_orientation_of_a_raw_file_is_followed() -> None:
    kept = clean_photo(several.dng((400, 300), (300, 200), orientation=6))
    assert (kept.width, kept.height) == (200, 300)
    assert made.opened(kept.full).size == (200, 300)
