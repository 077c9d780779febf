import pytest

from intake.photos.pictures.main_picture import refuse_if_smaller
from intake.photos.refusal import PhotoRefused


@pytest.mark.parametrize("others", [[], [100], [1, 99]])
def test_the_kept_picture_may_be_as_large_as_any_other(others: list[int]) -> None:
    refuse_if_smaller(100, others)


def test_a_larger_picture_is_not_lost_silently() -> None:
    with pytest.raises(PhotoRefused, match="larger_picture"):
        refuse_if_smaller(100, [1, 101])
