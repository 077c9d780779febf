import pytest

from intake.documents.refusal import REASONS, DocumentRefused


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_says_what_to_do(reason: str) -> None:
    assert DocumentRefused(reason).sentence.endswith(".")
    assert any(word in REASONS[reason].lower() for word in ("paste", "send", "choose"))


def test_an_unknown_reason_is_a_mistake_of_the_code() -> None:
    with pytest.raises(ValueError, match="not a reason"):
        DocumentRefused("nonsense")
