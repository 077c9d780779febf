from random import Random

import pytest

from tests.fuzz.photos.mutators import MUTATORS, Mutator, duplicate, flip, lengthen, mutate, splice, truncate
from tests.fuzz.photos.sources import drawn

FILE, OTHER = bytes(range(256)) * 4 + b"IHDR" + bytes(100), b"OTHER" * 40


@pytest.mark.parametrize("mutator", MUTATORS)
def test_the_same_chance_spoils_alike(mutator: Mutator) -> None:
    assert mutator(Random(3), FILE, OTHER) == mutator(Random(3), FILE, OTHER)
    assert len({mutator(Random(n), FILE, OTHER) for n in range(20)}) > 10


@pytest.mark.parametrize("mutator", MUTATORS)
@pytest.mark.parametrize("length", [1, 2, 5])
def test_the_shortest_files_can_be_spoilt(mutator: Mutator, length: int) -> None:
    assert all(mutator(Random(n), b"\xff" * length, b"x") for n in range(200))


def test_a_flip_turns_a_few_bits_and_no_more() -> None:
    before, after = int.from_bytes(FILE, "big"), int.from_bytes(flip(Random(1), FILE, OTHER), "big")
    assert 1 <= (before ^ after).bit_count() <= 16


def test_what_is_truncated_is_a_start() -> None:
    cut = truncate(Random(1), FILE, OTHER)
    assert FILE.startswith(cut)
    assert len(cut) < len(FILE)


def test_a_splice_starts_as_one_file_and_ends_as_another() -> None:
    spliced = splice(Random(1), FILE, OTHER)
    assert spliced[0] == FILE[0]
    assert OTHER.endswith(spliced[-3:])


def test_a_number_is_replaced_in_place() -> None:
    spoilt = lengthen(Random(1), FILE, OTHER)
    assert len(spoilt) == len(FILE)
    assert 1 <= sum(a != b for a, b in zip(spoilt, FILE, strict=True)) <= 4


def test_a_duplicate_only_adds() -> None:
    spoilt = duplicate(Random(1), FILE, OTHER)
    assert len(spoilt) > len(FILE)
    assert set(spoilt) == set(FILE)


def test_a_seed_makes_the_same_files_again() -> None:
    files = drawn()
    assert [mutate(Random(f"7:{n}"), files) for n in range(30)] == [
        mutate(Random(f"7:{n}"), files) for n in range(30)
    ]
