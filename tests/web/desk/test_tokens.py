import re
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from intake.db import transaction
from intake.models import Token
from intake.web import Transom
from tests.web.people import Newsroom
from tests.web.programs import DESK, Program


def made(somebody: Newsroom, *scopes: str, name: str = "Feed reader") -> str:
    """Return the secret on the page of a new token."""
    answer = somebody.post("/desk/tokens", name=name, days="90", scopes=list(scopes))
    assert answer.status_code == 200, answer.text
    found = re.search(r"transom_[\w-]{32}", answer.text)
    assert found
    return found[0]


def test_a_token_is_shown_once_and_then_by_its_name(app: Transom, editor: Newsroom) -> None:
    secret = made(editor, "read", "feed")
    page = editor.get("/desk/tokens").text
    assert secret not in page
    for words in (
        "Feed reader",
        "Read the queue and submissions",
        "Read the feed of accepted submissions",
        "Never used.",
    ):
        assert words in page
    assert Program(app.test_client(), secret).get(DESK).status_code == 200
    assert "Last used on" in editor.get("/desk/tokens").text


def test_a_revoked_token_is_gone(app: Transom, editor: Newsroom) -> None:
    secret = made(editor, "read")
    address = re.search(r'action="(/desk/tokens/\d+/revocations)"', editor.get("/desk/tokens").text)
    assert address
    assert editor.post(address[1]).status_code == 303
    page = editor.get("/desk/tokens").text
    assert "The token “Feed reader” is revoked." in page
    assert "You have no tokens." in page
    assert Program(app.test_client(), secret).get(DESK).status_code == 401
    assert editor.post(address[1]).status_code == 404


def test_nobody_sees_or_revokes_somebody_else_s(editor: Newsroom, other_editor: Newsroom) -> None:
    made(editor, "read", name="Mine alone")
    address = re.search(r'action="(/desk/tokens/\d+/revocations)"', editor.get("/desk/tokens").text)
    assert address
    assert "Mine alone" not in other_editor.get("/desk/tokens").text
    assert other_editor.post(address[1]).status_code == 404


def test_a_token_needs_a_name_and_something_to_do(editor: Newsroom) -> None:
    for fields in (
        {"name": "", "scopes": ["read"]},
        {"name": "x"},
        {"name": "x", "scopes": ["admin"]},
        {"name": "x", "scopes": ["read"], "days": "366"},
    ):
        answer = editor.post("/desk/tokens", **fields)
        assert answer.status_code == 422
        assert "transom_" not in answer.text
    assert "You have no tokens." in editor.get("/desk/tokens").text


def test_its_name_is_text(editor: Newsroom) -> None:
    made(editor, "read", name="<script>x</script>\u202e")
    page = editor.get("/desk/tokens").text
    assert "<script>x" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (timedelta(days=40), "Expires on"),
        (timedelta(days=3), "in 3 days. Create a new one in time."),
        (timedelta(hours=2), "within a day. Create a new one in time."),
        (timedelta(days=-1), "It no longer works."),
    ],
)
def test_point_49_the_page_warns_before_a_token_expires(editor: Newsroom, left: timedelta, says: str) -> None:
    made(editor, "read")
    with transaction() as session:
        session.execute(update(Token).values(expires_at=func.now() + left))
    page = editor.get("/desk/tokens").text
    assert says in page
    assert ("token__warning" in page) is (left < timedelta(days=14))


def test_point_49_the_lifetime_is_chosen(editor: Newsroom) -> None:
    assert re.search(r'name="days"[^>]* value="90"', editor.get("/desk/tokens").text)
    for days in ("0", "366", "", "soon"):
        assert editor.post("/desk/tokens", name="x", days=days, scopes=["read"]).status_code == 422
    assert editor.post("/desk/tokens", name="x", days="365", scopes=["read"]).status_code == 200
