import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("heartbeats", "ck_heartbeats_kind", {"kind": "stranger"}),
    Violation("heartbeats", "pk_heartbeats", second=True),
    Violation("web_loads", "ck_web_loads_counts", {"waiting": -1}),
    Violation("web_loads", "pk_web_loads", second=True),
    Violation("web_totals", "ck_web_totals_event", {"event": "something"}),
    Violation("web_totals", "ck_web_totals_count", {"count": 0}),
    Violation("web_totals", "pk_web_totals", second=True),
    Violation("incidents", "ck_incidents_cause", {"cause": "weather"}),
    Violation("incidents", "ck_incidents_ended_at", {"ended_at": "2026-11-23T11:59:59+00:00"}),
    Violation("incidents", "ck_incidents_counts", {"returned": -1}),
    Violation("incidents", "ux_incidents_open", second=True),
    Violation("health_watch", "ck_health_watch_one", {"id": 2}),
    Violation("health_watch", "pk_health_watch", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
