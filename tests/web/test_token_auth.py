import base64
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import Editor, Token
from intake.web import Transom
from tests.cast import join
from tests.web.conftest import at_the_desk
from tests.web.programs import DESK, Program, token_of

FEED = "/feeds/accepted.json"


@pytest.fixture
def person(app: Transom) -> Editor:
    """Owner of the tokens."""
    return join("Asel Nurbekova", "editor")


def test_without_a_token_nobody_comes_in(app: Transom) -> None:
    client = app.test_client()
    answer = client.get(DESK)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers.getlist("WWW-Authenticate") == ['Bearer realm="Transom"']
    assert client.get(FEED).headers.getlist("WWW-Authenticate") == [
        'Bearer realm="Transom"',
        'Basic realm="Transom", charset="UTF-8"',
    ]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "header", ["Bearer transom_x", "Bearer ", "Bearer \x80", "Basic !!", "Digest x", "transom_x"]
)
def test_what_is_no_token_of_ours(app: Transom, header: str) -> None:
    answer = app.test_client().get(DESK, headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_token_that_is_misspelt_is_told_apart_from_none(app: Transom) -> None:
    answer = app.test_client().get(DESK, headers={"Authorization": "Bearer transom_x"})
    assert answer.get_json()["code"] == "invalid_token"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Transom", error="invalid_token"'


def test_point_49_an_expired_token_says_when(app: Transom, person: Editor) -> None:
    program = Program(app.test_client(), token_of(person, "read", "feed"))
    with transaction() as session:
        session.execute(update(Token).values(expires_at=datetime(2026, 3, 1, 9, tzinfo=UTC)))
    answer = program.get(DESK)
    assert (answer.status_code, answer.get_json()["title"]) == (401, "Expired token")
    assert "This token expired on 2026-03-01 (UTC)." in answer.get_json()["detail"]
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert program.get(FEED).status_code == 401


def test_a_token_is_for_its_scopes_alone(app: Transom, person: Editor) -> None:
    program = Program(app.test_client(), token_of(person, "feed"))
    assert program.get(FEED).status_code == 200
    answer = program.get(DESK)
    assert answer.status_code == 403
    assert (answer.get_json()["code"], answer.get_json()["scope"]) == ("insufficient_scope", "read")
    assert (
        answer.headers["WWW-Authenticate"]
        == 'Bearer realm="Transom", error="insufficient_scope", scope="read"'
    )


@pytest.mark.parametrize("name", ["", "asel", "Әсел"])
def test_feed_readers_send_it_as_a_password(app: Transom, person: Editor, name: str) -> None:
    told = base64.b64encode(f"{name}:{token_of(person, 'feed', 'read')}".encode()).decode()
    client = app.test_client()
    assert client.get(FEED, headers={"Authorization": f"Basic {told}"}).status_code == 200
    assert client.get(DESK, headers={"Authorization": f"Basic {told}"}).status_code == 401


def test_a_token_in_the_address_opens_nothing(app: Transom, person: Editor) -> None:
    """Test that a token in the address is refused, because proxies log addresses."""
    token = token_of(person, "feed")
    for query in (f"token={token}", f"access_token={token}", f"key={token}"):
        assert app.test_client().get(f"{FEED}?{query}").status_code == 401


def test_a_session_opens_nothing_for_programs(app: Transom, person: Editor) -> None:
    """Test that cookies are refused, because these routes have no CSRF protection."""
    browser = at_the_desk(app, person)
    assert browser.get("/desk/").status_code == 200
    for url in (DESK, FEED):
        assert browser.get(url).status_code == 401
    number = "00000000-0000-0000-0000-000000000000"
    for tail in ("decisions", "notes", "publications"):
        assert browser.client.post(f"{DESK}/{number}/{tail}", json={"version": 1}).status_code == 401
    assert browser.client.put(f"{DESK}/{number}/claim", json={}).status_code == 401


def test_a_token_opens_no_page(app: Transom, person: Editor) -> None:
    token = token_of(person, "read", "write", "decide", "feed")
    answer = app.test_client().get("/desk/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 303


def test_a_session_beside_the_token_changes_nothing(app: Transom, person: Editor) -> None:
    other = join("Tomas Havlik", "editor")
    browser = at_the_desk(app, other)
    with transaction() as session:
        session.get_one(Editor, person.id).active = False
    dead = Program(browser.client, token_of(person, "read"))
    assert dead.get(DESK).status_code == 401


def test_an_outsider_s_token_opens_nothing(app: Transom) -> None:
    for somebody in (join("Orsolya Varga"), join("Daniel Ferreira", "admin")):
        assert Program(app.test_client(), token_of(somebody, "read")).get(DESK).status_code == 401


def test_an_error_on_the_way_is_a_problem_document(app: Transom, person: Editor) -> None:
    program = Program(app.test_client(), token_of(person, "read"))
    answer = program.client.get(f"{DESK}/nonsense", headers={"Authorization": f"Bearer {program.token}"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
