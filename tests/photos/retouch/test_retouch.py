"""Pixels below a mark are gone from every copy, and those beside it stay."""

from typing import cast

import pytest
from PIL import Image

from intake.photos import PhotoRefused, clean_photo
from intake.photos.render.encoding import FULL, SHARP, colour_resolution, encode
from intake.photos.retouch import Area, Mark, PhotoEdit, Retouched, retouch_photo
from intake.photos.verify import verify
from intake.sandbox.limits import Limits
from tests.photos.made import encoded, opened
from tests.photos.retouch.secrets import (
    PART,
    PLACE,
    difference,
    left,
    likeness,
    pattern,
    planted,
    seen,
    source,
)


def brightest(picture: Image.Image) -> float:
    """Highest value of any channel."""
    return max(high for _, high in cast("tuple[tuple[float, float], ...]", picture.getextrema()))


FORMATS = ("jpeg", "png", "webp", "gif")
BOX = Mark(**PART)
NOTHING = 0.1
"""Upper limit of the correlation that two unrelated patterns have by chance."""

BLACK = 40
"""Tolerance in levels of 255: at the edge of a mark, JPEG's half-resolution colour bleeds in."""


def copies(made: Retouched) -> dict[str, bytes]:
    found = {"base": made.base, "full": made.full, "web": made.web, "thumb": made.thumb}
    return {size: data for size, data in found.items() if data is not None}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("how", ["solid", "mosaic"])
def test_nothing_of_it_is_left_in_any_copy_and_the_rest_is_as_it_was(name: str, how: str) -> None:
    before = clean_photo(source(name))
    assert before.format == name
    assert left(seen(before.full)[0], pattern()) > 0.9, "the pattern is there to begin with"
    made = retouch_photo(before.full, PhotoEdit((Mark(**PART, how=how),)))
    assert made.base is None
    frames = seen(made.full)
    assert len(frames) == (3 if name == "gif" else 1)
    for size, data in copies(made).items():
        assert verify(data) == []
        for seed, frame in zip((7, 8, 9), seen(data), strict=False):
            # Each cell of the mosaic keeps the mean of 16 random cells of the pattern: a correlation of about 1/4.
            assert left(frame, pattern(seed)) < (NOTHING if how == "solid" else 0.35), size
    for frame, was in zip(frames, seen(before.full), strict=True):
        assert difference(frame, was) <= 3
    assert (made.width, made.height) == (before.width, before.height)


@pytest.mark.parametrize("name", FORMATS)
def test_two_pictures_that_differ_only_below_a_mark_become_the_same(name: str) -> None:
    """Strongest proof: the result does not depend on the pixels below the mark. For encoders that code blocks
    separately, the results are identical.
    """
    if name in {"gif", "webp"}:
        pytest.skip("a palette, and WebP's rate control, look at the whole picture")
    how = {"jpeg": {"quality": 90, "subsampling": "4:2:0"}}.get(name, {})
    results = {
        retouch_photo(encoded(planted(seed), name.upper(), **how), PhotoEdit((BOX,))).full
        for seed in (1, 2, 3)
    }
    assert len(results) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_a_solid_mark_is_black_and_opaque(name: str) -> None:
    made = retouch_photo(clean_photo(source(name)).full, PhotoEdit((BOX,)))
    picture = opened(made.full).convert("RGBA").crop(PLACE)
    assert brightest(picture.convert("RGB")) <= BLACK
    assert picture.getchannel("A").getextrema() == (255, 255)


def test_an_ellipse_destroys_what_is_in_it_and_spares_its_corners() -> None:
    made = retouch_photo(source("png"), PhotoEdit((Mark(**PART, shape="ellipse"),)))
    picture = seen(made.full)[0]
    assert picture.getpixel(((PLACE[0] + PLACE[2]) // 2, (PLACE[1] + PLACE[3]) // 2)) == (0, 0, 0)
    corner = (PLACE[0], PLACE[1], PLACE[0] + 16, PLACE[1] + 16)
    was = seen(source("png"))[0]
    assert picture.crop(corner).tobytes() == was.crop(corner).tobytes()


def test_beside_a_mark_in_a_jpeg_no_ripples_of_it_are_left() -> None:
    """A mark is enlarged to the grid of JPEG blocks. So two pictures that differ only below the mark become the same."""
    off = Mark(PLACE[0] / 640 + 0.01, PLACE[1] / 480 + 0.01, 0.23, 0.245)
    results = set()
    for seed in (1, 2):
        picture = planted(1)
        inner = off.pixels(640, 480)
        picture.paste(planted(seed).crop(inner), inner[:2])
        results.add(retouch_photo(encoded(picture, "JPEG", quality=60), PhotoEdit((off,))).full)
    assert len(results) == 1


def test_a_mosaic_has_few_cells_of_few_colours() -> None:
    made = retouch_photo(source("png"), PhotoEdit((Mark(**PART, how="mosaic"),)))
    below = seen(made.full)[0].crop(PLACE)
    colours = below.getcolors()
    assert colours is not None
    assert len(colours) <= 5 * 4
    assert min(count for count, _ in colours) >= 32 * 32
    assert {value % 16 for _, colour in colours for value in cast("tuple[int, ...]", colour)} == {8}


def test_a_mosaic_of_something_small_is_one_colour() -> None:
    made = retouch_photo(source("png"), PhotoEdit((Mark(0.4, 1 / 3, 0.03, 0.04, how="mosaic"),)))
    assert len(seen(made.full)[0].crop((256, 160, 275, 179)).getcolors() or []) == 1


def test_every_frame_of_an_animation_is_solid_even_where_a_mosaic_was_asked_for() -> None:
    made = retouch_photo(clean_photo(source("gif")).full, PhotoEdit((Mark(**PART, how="mosaic"),)))
    for frame in seen(made.full):
        assert brightest(frame.crop(PLACE)) <= BLACK


def test_several_marks_and_one_that_reaches_over_the_edge() -> None:
    made = retouch_photo(source("png"), PhotoEdit((BOX, Mark(0.9, 0.9, 0.5, 0.5))))
    picture = seen(made.full)[0]
    assert left(picture, pattern()) < NOTHING
    assert picture.getpixel((639, 479)) == (0, 0, 0)


CROP = Area(0.25, 0.25, 0.5, 0.5)


def test_a_crop_keeps_the_whole_byte_by_byte() -> None:
    whole = clean_photo(source("jpeg")).full
    made = retouch_photo(whole, PhotoEdit(crop=CROP))
    assert made.base == whole
    assert (made.width, made.height) == (320, 240)
    assert opened(made.web).size == opened(made.full).size == (320, 240)
    assert likeness(opened(made.full), opened(whole).crop((160, 120, 480, 360))) > 0.99


def test_without_its_crop_a_photo_is_what_it_was() -> None:
    whole = clean_photo(source("jpeg")).full
    made = retouch_photo(whole, PhotoEdit())
    assert (made.base, made.full) == (None, whole)
    assert (made.width, made.height) == (640, 480)


@pytest.mark.parametrize("name", FORMATS)
def test_of_a_cropped_photo_the_whole_is_redacted_too(name: str) -> None:
    whole = clean_photo(source(name)).full
    made = retouch_photo(whole, PhotoEdit((BOX,), CROP))
    assert made.base is not None
    assert left(seen(made.base)[0], pattern()) < NOTHING
    inner = (PLACE[0] - 160, PLACE[1] - 120, PLACE[2] - 160, PLACE[3] - 120)
    for data in (made.full, made.web):
        assert likeness(seen(data)[0].crop(inner), pattern()) < NOTHING
    assert seen(made.base)[0].size == (640, 480)


def test_sharp_colours_of_a_screenshot_stay_sharp() -> None:
    whole = encode(opened(source("png")).convert("RGB"), "jpeg", FULL, SHARP)
    made = retouch_photo(whole, PhotoEdit((BOX,)))
    assert [colour_resolution(opened(data)) for data in copies(made).values()] == [SHARP] * 3


def test_grey_pictures_keep_their_mode() -> None:
    made = retouch_photo(encoded(planted(mode="L"), "JPEG"), PhotoEdit((BOX,)))
    assert opened(made.full).mode == "L"
    assert left(seen(made.full)[0], pattern()) < NOTHING


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PhotoRefused):
        retouch_photo(b"\xff\xd8\xff\xe0 no picture", PhotoEdit((BOX,)))


def test_one_that_takes_too_long_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="too_slow"):
        retouch_photo(source("jpeg"), PhotoEdit((BOX,)), limits=Limits(wall_seconds=0.0))


def test_pictures_that_the_tests_look_at_show_the_pattern() -> None:
    assert likeness(Image.new("L", (8, 8)), pattern()) == 0.0
    assert left(planted(), pattern()) > 0.99
    assert left(planted(3), pattern()) < NOTHING
