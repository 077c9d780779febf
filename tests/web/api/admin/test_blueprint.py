import pytest

from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from intake.web.api.admin.blueprint import below
from tests.cast import join
from tests.web.programs import DESK, Program, token_of

ADMIN = "/api/v1/admin"


@pytest.mark.parametrize("route", ["status", "jobs", "failures"])
def test_an_editor_s_program_sees_nothing_of_the_machines(app: Transom, route: str) -> None:
    program = Program(
        app.test_client(), token_of(join("Asel Nurbekova", "editor"), "read", "decide", "admin")
    )
    answer = program.get(f"{ADMIN}/{route}")
    assert answer.status_code == 403
    assert (answer.get_json()["code"], answer.get_json()["scope"]) == ("insufficient_scope", "admin")


def test_an_admin_s_program_reads_nothing_that_was_sent(program: Program) -> None:
    assert program.get(f"{ADMIN}/status").status_code == 200
    for url in (DESK, "/feeds/accepted.json"):
        assert program.get(url).status_code == 403


def test_who_is_no_admin_any_more_is_out_at_once(program: Program, person: Editor) -> None:
    with transaction() as session:
        session.get_one(Editor, person.id).roles = []
    answer = program.get(f"{ADMIN}/status")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "invalid_token")


def test_addresses_are_whole(app: Transom) -> None:
    with app.test_request_context():
        assert below("job", job_id=7) == "http://127.0.0.1:8000/api/v1/admin/jobs/7"
