import psycopg
import pytest

from intake.decisions.reasons import REASONS
from intake.lifecycle import MOVES, SCREENED
from intake.models.decision import VERDICTS
from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("decisions", "ck_decisions_verdict", {"verdict": "perhaps"}),
    Violation("decisions", "ck_decisions_state", {"state": "lost"}),
    Violation("decisions", "ck_decisions_rejection_says_why", {"verdict": "reject"}),
    Violation("decisions", "ck_decisions_changes_are_named", {"verdict": "request_changes"}),
    Violation("decisions", "ck_decisions_waiting_is_approval", {"state": "waiting", "verdict": "hold"}),
    Violation("decisions", "ck_decisions_undone", {"state": "undone"}),
    Violation("decisions", "ck_decisions_undone", {"undone_by": 1}),
    Violation("decisions", "uq_decisions_standing", second=True),
    Violation("decisions", "fk_decisions_editor_id", {"editor_id": 9}),
    Violation("decisions", "fk_decisions_revision_id", {"revision_id": 9}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_a_rejection_with_a_reason_is_let_in(rows: Rows) -> None:
    rows.insert_before("decisions")
    rows.insert("decisions", verdict="reject", code="late")


@pytest.mark.parametrize("other", ["taken", "waiting"])
def test_one_decision_at_a_time_is_open(rows: Rows, other: str) -> None:
    rows.insert_before("decisions")
    for state in ("standing", "undone", "replaced"):
        rows.insert("decisions", state=state, undone_by=1 if state == "undone" else None)
    rows.insert("decisions", state="taken")
    with pytest.raises(psycopg.errors.UniqueViolation):
        rows.insert("decisions", state=other)


def test_every_verdict_leads_to_another_status_than_before() -> None:
    assert {MOVES[verb].target for verb in VERDICTS.values()} <= SCREENED - {"in_review"}


def test_every_verdict_has_its_reasons() -> None:
    assert REASONS.keys() == VERDICTS.keys()
    assert all(words for codes in REASONS.values() for words in codes.values())
