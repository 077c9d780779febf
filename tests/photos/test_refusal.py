import pytest

from intake.photos.refusal import REASONS, Explanation, PhotoRefused, what_to_do, why, why_and_what_to_do
from tests.photos.swapped import Swapped


def test_says_the_reason_and_the_remedy() -> None:
    refusal = PhotoRefused("raw_photo", "somewhere")
    assert refusal.sentence == (
        "This is a camera's raw file. Please send the normal photo, or a screenshot of it."
    )
    assert (refusal.reason, refusal.detail) == ("raw_photo", "somewhere")


def test_takes_no_reason_that_has_no_sentence() -> None:
    with pytest.raises(ValueError, match="add it to REASONS"):
        PhotoRefused("ugly")


@pytest.mark.parametrize("explanation", REASONS.values(), ids=list(REASONS))
def test_every_reason_has_sentences_and_something_to_do(explanation: Explanation) -> None:
    for sentence in (explanation.why, explanation.what_to_do):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert "lease " in explanation.what_to_do


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("damaged", "choose it again, or send a screenshot"),
        ("video", "Only photos can be added here"),
        ("audio", "Only photos can be added here"),
        ("document", "Only photos can be added here"),
        ("archive", "Only photos can be added here"),
        ("drawing", "screenshot"),
        ("document", "screenshots of its pages"),
    ],
)
def test_the_remedy_fits_the_kind_of_file(reason: str, said: str) -> None:
    assert said in why_and_what_to_do(reason)


def test_says_why_and_what_to_do() -> None:
    assert why("empty") == "The file is empty."
    assert what_to_do("empty") == "Please choose the photo again and send it once more."
    assert why_and_what_to_do("empty") == f"{why('empty')} {what_to_do('empty')}"


@pytest.mark.parametrize("reason", [None, "", "unheard_of"])
def test_says_nothing_of_what_is_no_reason(reason: str | None) -> None:
    assert why(reason) == what_to_do(reason) == why_and_what_to_do(reason) == ""


def test_says_it_in_the_readers_language() -> None:
    assert why_and_what_to_do("empty", Swapped()) == "Plik jest pusty. Wybierz zdjęcie jeszcze raz."
