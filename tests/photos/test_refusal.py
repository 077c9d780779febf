import pytest

from intake.photos.refusal import REASONS, PhotoRefused


def test_says_the_reason_as_a_sentence() -> None:
    refusal = PhotoRefused("too_many_pixels", "somewhere")
    assert refusal.sentence == REASONS["too_many_pixels"]
    assert (refusal.reason, refusal.detail) == ("too_many_pixels", "somewhere")


def test_takes_no_reason_that_has_no_sentence() -> None:
    with pytest.raises(ValueError, match="add it to REASONS"):
        PhotoRefused("ugly")


@pytest.mark.parametrize("sentence", REASONS.values())
def test_every_sentence_is_one(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")
