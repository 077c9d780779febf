import pytest

from intake.photos.refusal import REASONS, REMEDIES, PhotoRefused, why, why_and_what_to_do
from tests.photos.swapped import Swapped


def test_says_the_reason_as_a_sentence() -> None:
    refusal = PhotoRefused("too_many_pixels", "somewhere")
    assert refusal.sentence == REASONS["too_many_pixels"]
    assert (refusal.reason, refusal.detail) == ("too_many_pixels", "somewhere")


def test_takes_no_reason_that_has_no_sentence() -> None:
    with pytest.raises(ValueError, match="add it to REASONS"):
        PhotoRefused("ugly")


@pytest.mark.parametrize("sentence", [*REASONS.values(), *REMEDIES.values()])
def test_every_sentence_is_one(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_there_is_something_to_do_about_every_reason() -> None:
    assert REMEDIES.keys() == REASONS.keys()


def test_says_why_and_what_to_do() -> None:
    assert why("empty") == "The file is empty."
    assert why_and_what_to_do("empty") == (
        "The file is empty. Please choose the photo again and send it once more."
    )


@pytest.mark.parametrize("reason", [None, "", "unheard_of"])
def test_says_nothing_of_what_is_no_reason(reason: str | None) -> None:
    assert why(reason) == why_and_what_to_do(reason) == ""


def test_says_it_in_the_readers_language() -> None:
    assert why_and_what_to_do("not_a_photo", Swapped()) == "To nie jest zdjęcie. Wyślij je jako JPEG."
