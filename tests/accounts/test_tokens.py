from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from intake.accounts import resets
from intake.accounts.tokens import (
    TokenExpired,
    days_left,
    make_token,
    revoke_token,
    usable_scopes,
    use_token,
)
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Event, Role, Token
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES, SCOPES
from intake.settings import Settings
from tests.cast import join


def made(editor: Editor, *scopes: str) -> tuple[int, str]:
    """A token's id and its secret."""
    with transaction() as session:
        token, secret = make_token(
            session, session.get_one(Editor, editor.id), "A script", scopes or ("read",)
        )
        return token.id, secret


def opens(secret: str) -> bool:
    with transaction() as session:
        return use_token(session, secret) is not None


def test_a_token_acts_for_its_editor(editor: Editor) -> None:
    _, secret = made(editor, "feed", "read")
    with transaction() as session:
        token = use_token(session, secret)
        assert token is not None
        assert (token.editor.id, token.scopes, token.name) == (editor.id, ["read", "feed"], "A script")


def test_a_secret_is_kept_nowhere_and_hard_to_guess(editor: Editor) -> None:
    _, secret = made(editor)
    assert secret.startswith("transom_")
    assert len(secret) == len("transom_") + 32  # 192 bits in base64
    with transaction() as session:
        kept = session.scalars(
            text("SELECT t::text FROM tokens t UNION ALL SELECT e::text FROM events e")
        ).all()
    assert secret.removeprefix("transom_") not in "".join(kept)
    assert secret.encode().hex() not in "".join(kept)


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: s + "x", lambda s: s.upper(), lambda s: "", lambda s: "\udc80"]
)
def test_another_secret_opens_nothing(editor: Editor, spoil: Callable[[str], str]) -> None:
    _, secret = made(editor)
    assert not opens(spoil(secret))


def test_a_revoked_token_opens_nothing(editor: Editor) -> None:
    number, secret = made(editor)
    with transaction() as session:
        revoke_token(session, editor, number)
    assert not opens(secret)
    with pytest.raises(NotFound), transaction() as session:
        revoke_token(session, editor, number)


def test_nobody_revokes_somebody_else_s(editor: Editor, other_editor: Editor) -> None:
    number, secret = made(editor)
    with pytest.raises(NotFound), transaction() as session:
        revoke_token(session, other_editor, number)
    assert opens(secret)


def test_an_account_that_is_switched_off_has_dead_tokens(editor: Editor) -> None:
    _, secret = made(editor)
    with transaction() as session:
        session.get_one(Editor, editor.id).active = False
    assert not opens(secret)


@pytest.mark.parametrize(("role", "alive"), [("chief", True), ("admin", False), (None, False)])
def test_the_role_is_looked_at_each_time(editor: Editor, role: str | None, *, alive: bool) -> None:
    _, secret = made(editor)
    with transaction() as session:
        roles = session.query(Role).filter(Role.name == role).all()
        session.get_one(Editor, editor.id).roles = roles
    assert opens(secret) is alive


def test_a_reset_account_has_no_tokens(editor: Editor, other_editor: Editor, admin: Editor) -> None:
    (_, secret), (_, others) = made(editor), made(other_editor)
    with transaction() as session:
        resets.reset_password(session, editor.id, admin)
    assert not opens(secret)
    assert opens(others)


def test_point_49_its_use_is_noted_to_the_day(editor: Editor) -> None:
    number, secret = made(editor)
    opens(secret)
    with transaction() as session:
        first = session.get_one(Token, number).used_at
        assert first == session.scalars(text("SELECT date_trunc('day', now(), 'UTC')")).one()
        session.execute(update(Token).values(used_at=Token.used_at - text("interval '1 day'")))
    opens(secret)
    with transaction() as session:
        assert session.get_one(Token, number).used_at == first


def test_point_49_a_token_expires(editor: Editor) -> None:
    number, secret = made(editor)
    with transaction() as session:
        lifetime = session.execute(
            text("SELECT expires_at - created_at FROM tokens WHERE id = :id"), {"id": number}
        ).scalar_one()
        assert lifetime == timedelta(days=90)
        session.execute(update(Token).values(expires_at=text("now()")))
    with pytest.raises(TokenExpired), transaction() as session:
        use_token(session, secret)


def test_point_49_the_end_of_a_token_says_nothing_to_others(editor: Editor) -> None:
    number, secret = made(editor)
    with transaction() as session:
        session.execute(update(Token).values(expires_at=text("now()")))
        revoke_token(session, editor, number)
    assert not opens(secret)


@pytest.mark.parametrize("days", [0, 366])
def test_point_49_a_token_lives_a_year_at_most(editor: Editor, days: int) -> None:
    with transaction() as session, pytest.raises(ValueError, match="from 1 to 365 days"):
        make_token(session, editor, "A script", ["read"], days)


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=15), None),
        (timedelta(days=14), 14),
        (timedelta(hours=25), 2),
        (timedelta(seconds=1), 1),
        (timedelta(), 0),
        (timedelta(days=-3), 0),
    ],
)
def test_point_49_the_days_that_are_left(left: timedelta, days: int | None) -> None:
    now = datetime.now(UTC)
    assert days_left(now + left, now) == days


def test_making_and_revoking_are_recorded(editor: Editor) -> None:
    number, _ = made(editor, "decide", "read")
    with transaction() as session:
        revoke_token(session, editor, number)
        events = session.query(Event).filter(Event.name.like("token.%")).order_by(Event.id).all()
        assert [(e.name, e.editor_id, e.data) for e in events] == [
            ("token.created", editor.id, {"token": number, "scopes": ["read", "decide"]}),
            ("token.revoked", editor.id, {"token": number}),
        ]


@pytest.fixture
def everything(app_settings: Settings) -> Editor:
    """Administrator and editor in one."""
    return join("Miriam Osei", "admin", "editor")


def scopes_of(secret: str) -> set[str]:
    with transaction() as session:
        token = use_token(session, secret)
        return usable_scopes(token) if token else set()


def test_only_an_admin_has_tokens_with_the_scope_admin(
    editor: Editor, admin: Editor, everything: Editor
) -> None:
    for person, scopes in (
        (editor, set(DESK_SCOPES)),
        (admin, set(ADMIN_SCOPES)),
        (everything, set(SCOPES)),
    ):
        _, secret = made(person, *SCOPES)
        assert scopes_of(secret) == scopes
    _, secret = made(editor, "admin")
    assert not opens(secret)


@pytest.mark.parametrize(("left", "scopes"), [("editor", {"read"}), ("admin", {"admin"}), (None, set())])
def test_tokens_lose_the_scopes_of_a_lost_role(
    everything: Editor, left: str | None, scopes: set[str]
) -> None:
    _, secret = made(everything, "read", "admin")
    with transaction() as session:
        roles = session.query(Role).filter(Role.name == left).all()
        session.get_one(Editor, everything.id).roles = roles
    assert scopes_of(secret) == scopes
