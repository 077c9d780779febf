"""API tokens, with which programs act for a person: create, use, revoke."""

import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake import permissions
from intake.crypto import keyring
from intake.errors import NotFound
from intake.models import Editor, Token, record
from intake.models.account import SCOPES

# A prefix, so that people and secret scanners recognize a token that was left in a file.
PREFIX = "transom_"
# 192 random bits. Wrong secrets are not counted, unlike wrong passwords, since guessing is hopeless.
# A million guesses a second for a billion years succeed with a chance of 1 in 10^34.
# A limit on wrong secrets would only allow strangers to lock programs out.
SECRET_BYTES = 24
MOST_DAYS = 365
"""Longest lifetime of a token."""
WARNED = timedelta(days=14)
"""Time before its expiry in which the page warns about a token."""


class TokenExpired(Exception):
    """The token was valid until the date `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__("the token has expired")
        self.at = at


def make_token(
    session: Session, editor: Editor, name: str, scopes: Iterable[str], days: int = 90
) -> tuple[Token, str]:
    """Create a token with scopes of models.account.SCOPES. Returns the token and its secret.

    The secret is not stored. Each use checks whether the person's roles still allow the scopes.
    The token expires after `days`, from 1 to MOST_DAYS. Raises ValueError for another number.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a token lives from 1 to {MOST_DAYS} days")
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    wanted = set(scopes)
    token = Token(
        editor_id=editor.id,
        name=name,
        hash=_hashed(secret),
        scopes=[one for one in SCOPES if one in wanted],
        expires_at=func.now() + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    record(session, "token.created", actor=editor, token=token.id, scopes=token.scopes)
    return token, secret


def revoke_token(session: Session, editor: Editor, token_id: int) -> Token:
    """Revoke a token of the editor. Raises NotFound for tokens of other people and for revoked tokens."""
    token = session.get(Token, token_id, with_for_update=True)
    if token is None or token.editor_id != editor.id or token.revoked_at is not None:
        raise NotFound
    token.revoked_at = session.scalars(select(func.now())).one()
    record(session, "token.revoked", actor=editor, token=token.id)
    return token


def revoke_all(session: Session, editor: Editor) -> None:
    """Revoke all tokens of an account."""
    session.execute(
        update(Token)
        .where(Token.editor_id == editor.id, Token.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def use_token(session: Session, secret: str) -> Token | None:
    """Return the token with this secret. Returns None for a wrong secret, or if no scope can be used.

    The day of the use is recorded, so a busy program writes once a day. Raises TokenExpired.
    """
    expired = (Token.expires_at <= func.now()).label("expired")
    query = select(Token, expired).where(Token.hash == _hashed(secret), Token.revoked_at.is_(None))
    found = session.execute(query).one_or_none()
    if found is None or not found.Token.editor.active:
        return None
    if found.expired:
        raise TokenExpired(found.Token.expires_at)
    token: Token = found.Token
    if not usable_scopes(token):
        return None
    today = func.date_trunc("day", func.now(), "UTC")
    seldom = or_(Token.used_at.is_(None), Token.used_at < today)
    session.execute(update(Token).where(Token.id == token.id, seldom).values(used_at=today))
    return token


def usable_scopes(token: Token) -> set[str]:
    """Return the scopes of a token that the roles of its owner allow now.

    A person who loses a role loses the scopes of that role. An inactive account has no scopes.
    """
    if not token.editor.active:
        return set()
    return {scope for role in token.editor.roles for scope in permissions.scopes_of(role.name)}.intersection(
        token.scopes
    )


def _hashed(secret: str) -> bytes:
    """Return a keyed hash of a secret.

    With a copy of the database alone, nobody can find out whether a secret belongs to this installation.
    """
    return hmac.digest(keyring().subkey("token"), secret.encode(errors="replace"), "sha256")


@dataclass(frozen=True)
class TokenSummary:
    """A token without its secret. `used_at` is to the day.

    `days_left` is set in the last days before the expiry, and 0 after it.
    """

    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    days_left: int | None


def tokens(session: Session, editor: Editor, scopes: Collection[str]) -> list[TokenSummary]:
    """Return the editor's tokens that have one of the scopes and are not revoked, newest first.

    Expired tokens are included.
    """
    found = (
        select(Token)
        .where(Token.editor_id == editor.id, Token.revoked_at.is_(None))
        .order_by(Token.id.desc())
    )
    now = session.scalars(select(func.now())).one()
    return [
        TokenSummary(
            t.id, t.name, t.scopes, t.created_at, t.expires_at, t.used_at, days_left(t.expires_at, now)
        )
        for t in session.scalars(found)
        if not set(scopes).isdisjoint(t.scopes)
    ]


def days_left(expires_at: datetime, now: datetime) -> int | None:
    """Return the days until the expiry, rounded up. 0: expired. None: longer than WARNED."""
    left = expires_at - now
    return None if left > WARNED else max(0, ceil(left / timedelta(days=1)))
