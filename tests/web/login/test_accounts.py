import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from intake.accounts import invitations
from intake.db import transaction
from intake.models import Editor, Event
from intake.web import Transom
from tests.web.conftest import add_account, count
from tests.web.people import PASSWORD, Newsroom

FIRST = {"name": "Miriam", "email": "miriam@transom.example", "password": PASSWORD}


@pytest.fixture
def setup_link(app: Transom) -> str:
    """Return the setup link of the first admin."""
    return f"/setup/{invitations.first_admin_token()}"


def invite(app: Transom, name: str = "asel") -> str:
    """Return the invitation link of a new account."""
    editor_id = add_account(app, name, "editor", password=None)
    with transaction() as session:
        return f"/welcome/{invitations.invitation_token(session.get_one(Editor, editor_id))}"


@pytest.mark.parametrize(
    ("person", "place"),
    [("editor", "/desk/"), ("admin", "/admin/first-steps"), ("anonymous", "/login"), ("chief", "/desk/")],
)
def test_where_one_begins(request: pytest.FixtureRequest, person: str, place: str) -> None:
    answer = request.getfixturevalue(person).get("/start")
    assert (answer.status_code, answer.location) == (303, place)


def test_the_first_account_is_made_once(anonymous: Newsroom, setup_link: str) -> None:
    assert "The first account" in anonymous.get(setup_link).text
    made = anonymous.post(setup_link, **FIRST)
    assert (made.status_code, made.location) == (303, "/login")
    for answer in (
        anonymous.get(setup_link),
        anonymous.post(setup_link, **{**FIRST, "email": "other@example.org"}),
    ):
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
    assert count(Editor) == 1
    with transaction() as session:
        assert session.query(Event).filter_by(name="account.created").one().data["way"] == "setup"
    anonymous.log_in("miriam@transom.example")
    assert [anonymous.get(url).status_code for url in ("/desk/", "/admin/")] == [200, 200]


def test_two_who_have_the_link_at_once_do_not_both_become_admin(app: Transom, setup_link: str) -> None:
    people = [Newsroom(app.test_client()) for _ in range(2)]
    for somebody in people:
        somebody.token()
    ready, codes = threading.Barrier(2, timeout=20), list[int]()

    def set_up(somebody: Newsroom, email: str) -> None:
        ready.wait()
        codes.append(somebody.post(setup_link, **{**FIRST, "email": email}).status_code)

    threads = [threading.Thread(target=set_up, args=(p, f"{i}@example.org")) for i, p in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, 404]
    assert count(Editor) == 1


@pytest.mark.parametrize("token", ["x", "0" * 40, "%00", "ключ", "x" * 3000])
def test_a_link_that_nobody_gave(anonymous: Newsroom, setup_link: str, token: str) -> None:
    for place in ("setup", "welcome"):
        answer = anonymous.get(f"/{place}/{token}")
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
        assert anonymous.post(f"/{place}/{token}", **FIRST).status_code == 404
    assert count(Editor) == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "short"}, "At least 12 characters"),
        ({"email": "no"}, "This is not an e-mail address."),
        ({"name": ""}, "Please give the name"),
    ],
)
def test_what_the_first_account_needs(
    anonymous: Newsroom, setup_link: str, wrong: dict[str, str], says: str
) -> None:
    answer = anonymous.post(setup_link, **{**FIRST, **wrong})
    assert answer.status_code == 422
    assert says in answer.text
    assert PASSWORD not in answer.text
    assert count(Editor) == 0


def test_an_invitation_is_good_once(app: Transom, anonymous: Newsroom) -> None:
    link = invite(app)
    page = anonymous.get(link)
    assert "Welcome, Asel" in page.text
    assert "asel@transom.example" in page.text
    assert anonymous.post(link, password="short").status_code == 422
    assert anonymous.post(link, password=PASSWORD).location == "/login"
    assert anonymous.get(link).status_code == 404
    assert anonymous.post(link, password="another password").status_code == 404
    assert anonymous.log_in("asel@transom.example").status_code == 302


def test_an_invitation_ends_after_three_days(
    app: Transom, anonymous: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = invite(app)
    assert invitations.INVITATION_SECONDS == 3 * 86400
    monkeypatch.setattr(invitations, "INVITATION_SECONDS", -1)
    assert anonymous.get(link).status_code == 404
    assert anonymous.post(link, password=PASSWORD).status_code == 404


def test_an_invitation_is_for_one_person(app: Transom, anonymous: Newsroom) -> None:
    link, other = invite(app), invite(app, "tomas")
    anonymous.post(link, password=PASSWORD)
    assert anonymous.get(other).status_code == 200
    assert anonymous.log_in("tomas@transom.example").status_code == 422


def test_logging_out_needs_a_form_of_ours(editor: Newsroom) -> None:
    assert editor.get("/logout").status_code == 405
    assert editor.client.post("/logout").status_code == 400
    assert editor.get("/desk/").status_code == 200
    assert editor.post("/logout").location == "/login"
    assert "You are logged out" in editor.get("/login").text
    assert editor.get("/desk/").status_code == 303


def test_logging_out_twice(editor: Newsroom) -> None:
    editor.post("/logout")
    fresh = Newsroom(editor.client)
    assert fresh.post("/logout").location == "/login"


def test_logging_out_without_the_database_says_so(
    editor: Newsroom, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    editor.token()
    with database_away():
        assert editor.post("/logout").status_code == 503
    assert editor.get("/desk/").status_code == 200
