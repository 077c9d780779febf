import pytest

from intake.submissions.suspicion.signals import REASONS, WEIGHTS, is_suspicious, reasons


@pytest.mark.parametrize(
    "signals",
    [["honeypot"], ["too_fast", "many_too_fast"], ["too_fast", "phrase"], ["same_text_often"], ["phrases"], ["mostly_links"], ["same_text", "some_links"],
     ["busy", "same_text"], ["busy", "too_fast"], ["busy", "too_fast", "many_too_fast", "code_typed"], ["honeypot", "proof_of_work"],
     ["same_text_often", "proof_of_work"], ["busy", "too_fast", "many_too_fast", "proof_of_work"]],
    ids=" ".join,
)  # fmt: skip
def test_these_together_are_suspicious(signals: list[str]) -> None:
    assert is_suspicious(signals)


@pytest.mark.parametrize(
    "signals",
    [[], ["busy"], ["some_links"], ["busy", "some_links"], ["same_text"], ["phrase"], ["hasty_draft"], ["too_fast"], ["busy", "phrase"],
     ["busy", "phrase", "code_typed"], ["same_text_often", "code_typed"], ["from the future"],
     ["proof_of_work"], ["busy", "same_text", "proof_of_work"], ["busy", "too_fast", "proof_of_work"],
     ["too_fast", "phrase", "proof_of_work"]],
    ids=" ".join,
)  # fmt: skip
def test_these_together_are_not(signals: list[str]) -> None:
    assert not is_suspicious(signals)


def test_a_signal_counts_once() -> None:
    assert not is_suspicious(["same_text", "same_text"])


def test_each_sign_of_a_bot_has_a_reason_and_no_sign_of_a_person_has() -> None:
    assert set(REASONS) == {signal for signal, weight in WEIGHTS.items() if weight >= 0}
    assert reasons(["code_typed", "proof_of_work", "some_links", "honeypot", "unknown"]) == [
        REASONS["honeypot"],
        REASONS["some_links"],
    ]
