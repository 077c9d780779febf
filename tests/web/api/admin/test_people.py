import pytest

from intake.accounts import resets, sessions
from intake.accounts.invitations import set_password
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from intake.web.forms.accounts import ADDRESS_TAKEN, NO_ADDRESS, NO_ROLE
from tests.cast import join
from tests.web.programs import Program, token_of

PEOPLE = "/api/v1/admin/people"


@pytest.fixture
def program(app: Transom, person: Editor) -> Program:
    """API client that manages accounts."""
    return Program(app.test_client(), token_of(person, "people"))


@pytest.fixture
def asel(app: Transom) -> str:
    """Address of an editor's account."""
    return f"{PEOPLE}/{join('Asel Nurbekova', 'editor').id}"


def begun(url: str) -> str:
    with transaction() as session:
        return str(sessions.begin(session, int(url.rpartition("/")[2])))


def test_somebody_is_invited(program: Program) -> None:
    made = program.post(PEOPLE, name="Noor", email="noor@example.org", roles=["editor", "chief"])
    assert made.status_code == 201
    assert made.json
    assert (made.json["roles"], made.json["invited"]) == (["editor", "chief"], True)
    assert "/welcome/" in made.json["link"]
    assert program.client.get("/welcome/" + made.json["link"].rpartition("/")[2]).status_code == 200
    again = program.post(PEOPLE, name="Noor", email="NOOR@example.org", roles=["editor"])
    assert again.status_code == 422
    assert ADDRESS_TAKEN in again.text
    assert "link" not in program.get(PEOPLE).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "no address"}, NO_ADDRESS),
        ({"roles": []}, NO_ROLE),
        ({"roles": ["owner"]}, "roles"),
        ({"name": " "}, "name"),
    ],
)
def test_an_invitation_that_is_refused(program: Program, wrong: dict[str, object], says: str) -> None:
    fields: dict[str, object] = {"name": "Noor", "email": "noor@example.org", "roles": ["editor"]}
    answer = program.open("POST", PEOPLE, json=fields | wrong)
    assert answer.status_code == 422
    assert says in answer.text


def test_an_account_is_changed(program: Program, asel: str) -> None:
    changed = program.put(f"{asel}/roles", roles=["chief"])
    assert changed.json
    assert changed.json["roles"] == ["chief"]
    begun(asel)
    off = program.put(f"{asel}/active", active=False)
    assert off.json
    assert off.json["active"] is False
    assert program.get(f"{asel}/sessions").json == {"items": []}
    on = program.put(f"{asel}/active", active=True)
    assert on.json == program.get(asel).json
    reset = program.post(f"{asel}/resets")
    assert reset.status_code == 201
    assert "/welcome/" in (reset.json or {})["link"]
    assert program.delete(asel).status_code == 204
    assert [program.get(url).status_code for url in (asel, f"{asel}/sessions")] == [404, 404]


def test_the_password_of_a_chief_is_only_asked_for(program: Program) -> None:
    chief = join("Ana Silva", "chief")
    with transaction() as session:
        set_password(session, session.get_one(Editor, chief.id), "hash")
    for _ in range(2):
        asked = program.post(f"{PEOPLE}/{chief.id}/resets")
        assert asked.status_code == 202
        assert asked.json
        assert asked.json["link"] is None
        assert asked.json["ready_at"]
    with transaction() as session:
        assert session.get_one(Editor, chief.id).password == "hash"
        assert [one.kind for one in resets.open_resets(session, chief.id)] == ["password"]


def test_sessions_are_ended(program: Program, asel: str) -> None:
    first, _second, _third = begun(asel), begun(asel), begun(asel)
    found = program.get(f"{asel}/sessions").json
    assert found
    assert len(found["items"]) == 3
    assert program.delete(f"{asel}/sessions/{first}").status_code == 204
    assert program.delete(f"{asel}/sessions/{first}").status_code == 404
    assert program.delete(f"{asel}/sessions").status_code == 204
    assert program.get(f"{asel}/sessions").json == {"items": []}


def test_refusals_have_codes(program: Program, person: Editor) -> None:
    own = f"{PEOPLE}/{person.id}"
    assert (program.delete(own).json or {})["code"] == "own_account"
    with transaction() as session:
        set_password(session, session.get_one(Editor, person.id), "hash")
    last = program.put(f"{own}/roles", roles=["editor"])
    assert last.status_code == 409
    assert (last.json or {})["code"] == "last_admin"


def test_a_token_for_operations_manages_nobody(app: Transom, person: Editor, asel: str) -> None:
    operations = Program(app.test_client(), token_of(person, "admin"))
    assert operations.get(PEOPLE).status_code == 403
    assert operations.delete(asel).status_code == 403
