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
    Violation("holder_keys", "ck_holder_keys_lengths", {"public": bytes(31)}),
    Violation("holder_keys", "ck_holder_keys_sealed_private", {"sealed_private": bytes(32)}),
    Violation("holder_keys", "uq_holder_keys_editor_id", {"editor_id": 1}, second=True),
    Violation("sealed_originals", "ck_sealed_originals_number", {"number": 0}),
    Violation("original_shares", "ck_original_shares_lengths", {"first_share": bytes(32)}),
    Violation("original_shares", "ck_original_shares_two_people", {"second_id": 1}),
    Violation("openings", "ck_openings_state", {"state": "opened"}),
    Violation("openings", "ck_openings_reason", {"reason": b""}),
    Violation("openings", "ck_openings_two_people", {"answered_by": 1, "answered_at": NOW}),
    Violation("openings", "ck_openings_answered", {"answered_at": NOW}),
    Violation("openings", "ck_openings_second", {"state": "open"}),
    Violation("openings", "uq_openings_active", second=True),
    Violation("opening_shares", "ck_opening_shares_wrapped", {"wrapped": bytes(32)}),
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
