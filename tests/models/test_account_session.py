import pytest

from tests.models.rows import NOW, Rows, Violation

REFUSED = [
    Violation("sessions", "ck_sessions_end_reason", {"ended_at": NOW, "end_reason": "bored"}),
    Violation("sessions", "ck_sessions_ended", {"ended_at": NOW}),
    Violation("sessions", "ck_sessions_ended", {"end_reason": "ended"}),
    Violation("sessions", "pk_sessions", second=True),
    Violation("live_streams", "pk_live_streams", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
