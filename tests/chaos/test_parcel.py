"""Without faults, each generated submission is accepted or refused as its `Parcel` expects."""

import random

import pytest

from intake.photos import PhotoRefused, clean_photo
from intake.photos.identify import sniff
from tests.chaos.fire.parcel import Parcel, harmless, hostile, parcel


@pytest.mark.parametrize("photo", harmless())
def test_a_harmless_photo_is_cleaned(photo: bytes) -> None:
    assert clean_photo(photo).full


@pytest.mark.parametrize("photo", hostile())
def test_a_hostile_photo_is_refused(photo: bytes) -> None:
    with pytest.raises(PhotoRefused):
        clean_photo(photo)


def test_some_hostile_photos_are_refused_at_the_door_and_some_by_a_worker() -> None:
    assert {sniff(photo[:64]) is None for photo in hostile()} == {True, False}


def test_parcels_are_of_all_kinds_and_the_same_for_the_same_chance() -> None:
    many = sent(5)
    assert many == sent(5)
    assert {len(one.photos) for one in many} == set(range(6))
    assert {one.html for one in many} == {True, False}
    assert {fine for one in many for fine in one.good} == {True, False}
    assert len({one.key for one in many}) == len(many)


def sent(seed: int) -> list[Parcel]:
    chance = random.Random(seed)
    return [parcel(chance, number) for number in range(100)]
