from intake.photos.limits import MAX_PIXELS
from intake.sandbox.limits import MB, Limits


def test_a_picture_at_the_limit_fits_into_memory_with_its_turned_copy() -> None:
    assert Limits().memory_bytes > 2 * 4 * MAX_PIXELS


def test_the_clock_on_the_wall_allows_for_a_busy_machine() -> None:
    assert Limits().wall_seconds > Limits().cpu_seconds


def test_takes_what_phones_sell_as_50_megapixels() -> None:
    assert 8192 * 6144 <= MAX_PIXELS < 60 * MB
