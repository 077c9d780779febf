"""Constraints of the tables of the retention."""

import pytest

from tests.models.rows import NOW, Rows, Violation

ENDED = {"ended_by": 1, "ended_at": NOW}
REFUSED = [
    Violation("backups", "ck_backups_place", {"place": ""}),
    Violation("backups", "pk_backups", {}, second=True),
    Violation("legal_holds", "ck_legal_holds_reason", {"reason": b""}),
    Violation("legal_holds", "ck_legal_holds_confirmed", {"confirmed_at": NOW}),
    Violation("legal_holds", "ck_legal_holds_ended", {"ended_at": NOW}),
    Violation("legal_holds", "ck_legal_holds_two_people", {"confirmed_by": 1, "confirmed_at": NOW}),
    Violation("legal_holds", "uq_legal_holds_asked", second=True),
    Violation("retention_steps", "ck_retention_steps_days", {"days": 0}),
    Violation("deletion_counts", "ck_deletion_counts_scope", {"scope": "half"}),
    Violation("deletion_counts", "ck_deletion_counts_count", {"count": 0}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_a_request_that_ended_leaves_room_for_another(rows: Rows) -> None:
    rows.insert_before("legal_holds")
    rows.insert("legal_holds", **ENDED)
    rows.insert("legal_holds")
