import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.answers import CleanedAnswer
from intake.photos.metadata_report import KINDS
from intake.photos.removed import AMOUNTS, PART_OF, SUMMARY_KINDS, sentence, summarize
from tests.photos.swapped import Swapped

COUNTS = st.dictionaries(st.sampled_from(sorted(KINDS)), st.integers(0, 400_000))


def test_every_kind_of_metadata_has_a_kind_in_the_summary() -> None:
    assert {PART_OF.get(kind, kind) for kind in KINDS} == set(SUMMARY_KINDS)


def test_says_one_several_and_many() -> None:
    counts = {"settings": 41, "date": 4, "position": 7, "trailing_bytes": 314_084, "provenance": 2}
    summary = summarize(counts)
    assert summary == {
        "settings": "many", "date": "several", "position": "one", "trailing_bytes": "one", "provenance": "one",
    }  # fmt: skip
    assert sentence(summary) == (
        "Removed: the position, several dates, a record of how it was made, many camera settings,"
        " data hidden behind the picture."
    )


def test_kinds_that_are_one_to_a_person_are_counted_together() -> None:
    assert summarize({"colour_profile": 1, "maker_notes": 1, "other": 3}) == {"other": "one"}
    assert summarize({"camera": 2, "serial_number": 1}) == {"camera": "one"}


@pytest.mark.parametrize(
    ("number", "said"), [(1, "a camera setting"), (2, "several camera settings"), (5, "many camera settings")]
)
def test_bounds_of_the_amounts(number: int, said: str) -> None:
    assert sentence(summarize({"settings": number})) == f"Removed: {said}."


@given(COUNTS)
def test_a_sentence_has_no_number_and_nothing_is_left_out(counts: dict[str, int]) -> None:
    summary = summarize(counts)
    assert set(summary) == {PART_OF.get(kind, kind) for kind, number in counts.items() if number}
    assert set(summary.values()) <= set(AMOUNTS)
    assert not any(letter.isdigit() for letter in sentence(summary).replace("3D", ""))
    told = {"format": "png", "format_in": "png", "width": 1, "height": 1, "frames": 1, "notes": {}}
    assert CleanedAnswer.model_validate(told | {"removed": summary}).removed == summary


def test_nothing_found_is_said() -> None:
    assert summarize({"date": 0}) == {}
    assert sentence({}) == "Nothing hidden was found in the file."
    assert sentence({}, Swapped()) == "W pliku nic nie ukryto."


@pytest.mark.parametrize("kind", SUMMARY_KINDS)
def test_every_amount_of_every_kind_has_words(kind: str) -> None:
    for amount in AMOUNTS:
        assert len(sentence({kind: amount})) > len("Removed: .")
