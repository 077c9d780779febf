import pytest

from intake.lifecycle import DECIDED, MOVES
from intake.models.decision import VERDICTS
from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("decisions", "ck_decisions_verdict", {"verdict": "perhaps"}),
    Refused("decisions", "ck_decisions_reason", {"verdict": "reject"}),
    Refused("decisions", "ck_decisions_reason", {"verdict": "reject", "reason": "  "}),
    Refused("decisions", "fk_decisions_editor_id", {"editor_id": 9}),
    Refused("decisions", "fk_decisions_revision_id", {"revision_id": 9}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)


def test_a_rejection_with_a_reason_is_let_in(rows: Rows) -> None:
    rows.insert_before("decisions")
    rows.insert("decisions", verdict="reject", reason="We ran this last week.")


def test_every_verdict_leads_to_a_decided_status() -> None:
    assert {MOVES[verb].target for verb in VERDICTS.values()} <= DECIDED
