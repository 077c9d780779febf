import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.publishing import picture_addresses
from intake.publishing.picture_addresses import DAY_SECONDS, DAYS, PictureAddress, picture_path
from tests.publishing.submissions import image

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
ADDRESS = PictureAddress(ONE, OTHER, 3, "web", 2_000_000_000)


@pytest.mark.parametrize(
    "other",
    [
        PictureAddress(OTHER, OTHER, 3, "web", 2_000_000_000),
        PictureAddress(ONE, ONE, 3, "web", 2_000_000_000),
        PictureAddress(ONE, OTHER, 2, "web", 2_000_000_000),
        PictureAddress(ONE, OTHER, 3, "full", 2_000_000_000),
        PictureAddress(ONE, OTHER, 3, "web", 2_000_000_001),
    ],
)
def test_a_signature_is_of_one_address_only(other: PictureAddress) -> None:
    assert ADDRESS.is_signed_by(ADDRESS.signature)
    assert not other.is_signed_by(ADDRESS.signature)


@given(st.text())
def test_any_other_text_is_no_signature(signature: str) -> None:
    assert ADDRESS.is_signed_by(signature) == (signature == ADDRESS.signature)


def test_an_address_is_the_same_all_day_and_lasts_for_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = 20_000 * DAY_SECONDS
    paths = []
    for second in (0, DAY_SECONDS // 2, DAY_SECONDS - 1, DAY_SECONDS):
        monkeypatch.setattr(picture_addresses, "_now", lambda at=begin + second: at)
        paths.append(picture_path(ONE, image(2), "web"))
    assert paths[0] == paths[1] == paths[2] != paths[3]
    expires = int(paths[0].split("/")[-2])
    assert expires - begin == (DAYS + 1) * DAY_SECONDS
    assert expires - (begin + DAY_SECONDS - 1) > DAYS * DAY_SECONDS


def test_an_address_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_addresses, "_now", lambda: ADDRESS.expires - 1)
    assert ADDRESS.seconds_left() == 1
    monkeypatch.setattr(picture_addresses, "_now", lambda: ADDRESS.expires)
    assert ADDRESS.seconds_left() == 0


def test_a_redaction_changes_the_address() -> None:
    assert picture_path(ONE, image(2, generation=1), "web") != picture_path(ONE, image(2), "web")
