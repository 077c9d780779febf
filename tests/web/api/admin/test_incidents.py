from datetime import timedelta

from sqlalchemy import func

from intake.db import transaction
from intake.health.incidents import PAGE
from intake.models import Incident
from tests.web.programs import Program

ADMIN = "/api/v1/admin"


def test_the_log_has_pages(program: Program) -> None:
    assert program.get(f"{ADMIN}/incidents").get_json() == {"items": [], "next": None}
    with transaction() as session:
        begun = func.now() - timedelta(minutes=5)
        for number in range(PAGE + 1):
            ended = begun + timedelta(seconds=7) if number < PAGE else None
            row = {"cause": "relay", "fault": f"Fault {number}.", "returned": number}
            session.add(Incident(**row, started_at=begun, ended_at=ended, most_waiting=3))
            session.flush()
    first = program.get(f"{ADMIN}/incidents").get_json()
    newest, older = first["items"][:2]
    assert (newest["fault"], newest["ended_at"]) == (f"Fault {PAGE}.", None)
    assert newest["seconds"] >= 300
    assert (older["seconds"], older["most_waiting"], older["returned"]) == (7, 3, PAGE - 1)
    second = program.get(first["next"]).get_json()
    assert [one["fault"] for one in second["items"]] == ["Fault 0."]
    assert second["next"] is None
    assert program.get(f"{ADMIN}/incidents?after=x").status_code == 422
