import pytest
from PIL import Image

from intake.photos import PhotoRefused, clean_photo
from intake.photos.render import missing_rows
from tests.photos import made

NOISE = Image.effect_noise((640, 800), 90).convert("RGB")
PLAIN = made.encoded(NOISE, "JPEG", quality=80)
PROGRESSIVE = made.encoded(NOISE, "JPEG", quality=80, progressive=True)


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def test_a_missing_end_mark_changes_nothing() -> None:
    whole, without = clean_photo(PLAIN), clean_photo(PLAIN[:-2])
    assert without.full == whole.full
    assert without.notes == {}


def test_a_few_missing_rows_are_told_of() -> None:
    assert clean_photo(cut(PLAIN, 0.995)).notes == {"incomplete": True}


@pytest.mark.parametrize("share", [0.95, 0.5, 0.1])
def test_more_missing_rows_are_refused(share: float) -> None:
    with pytest.raises(PhotoRefused, match="damaged"):
        clean_photo(cut(PLAIN, share))


def test_a_cut_progressive_photo_is_kept_if_only_finest_detail_is_missing() -> None:
    assert clean_photo(PROGRESSIVE[:-2]).notes == {"cut": True}
    assert clean_photo(cut(PROGRESSIVE, 0.95)).notes == {"cut": True}
    with pytest.raises(PhotoRefused, match="damaged"):
        clean_photo(cut(PROGRESSIVE, 0.2))


@pytest.mark.parametrize("rows", [0, 8, 16, 40])
def test_counts_grey_rows_at_the_bottom(rows: int) -> None:
    picture = NOISE.copy()
    picture.paste((128, 128, 128), (0, 800 - rows, 640, 800))
    assert missing_rows.count(picture) == (rows + 8 if rows else 0)


def test_a_grey_picture_is_missing_as_a_whole() -> None:
    assert missing_rows.count(Image.new("L", (20, 30), 128)) == 30
