"""API tokens, with which programs act for a person: create, use, revoke."""

import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.errors import NotFound
from intake.models import Editor, Token, record
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES, SCOPES

# A prefix, so that people and secret scanners recognize a token that was left in a file.
PREFIX = "transom_"
# 192 random bits. Wrong secrets are not counted, unlike wrong passwords, since guessing is hopeless.
# A million guesses a second for a billion years succeed with a chance of 1 in 10^34.
# A limit on wrong secrets would only allow strangers to lock programs out.
SECRET_BYTES = 24
# Role → scopes that the tokens of a person with this role may use.
SCOPES_BY_ROLE = {"editor": DESK_SCOPES, "chief": DESK_SCOPES, "admin": ADMIN_SCOPES}
USE_RECORDED_EVERY = timedelta(hours=1)


def make_token(session: Session, editor: Editor, name: str, scopes: Iterable[str]) -> tuple[Token, str]:
    """Create a token with scopes of models.account.SCOPES. Returns the token and its secret.

    The secret is not stored. Each use checks whether the person's roles still allow the scopes.
    """
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    wanted = set(scopes)
    token = Token(
        editor_id=editor.id, name=name, hash=_hashed(secret), scopes=[one for one in SCOPES if one in wanted]
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

    The use is recorded once an hour at most, so that a busy program does not write all day.
    """
    token = session.scalar(select(Token).where(Token.hash == _hashed(secret), Token.revoked_at.is_(None)))
    if token is None or not usable_scopes(token):
        return None
    seldom = or_(Token.used_at.is_(None), Token.used_at < func.now() - USE_RECORDED_EVERY)
    session.execute(update(Token).where(Token.id == token.id, seldom).values(used_at=func.now()))
    return token


def usable_scopes(token: Token) -> set[str]:
    """Return the scopes of a token that the roles of its owner allow now.

    A person who loses a role loses the scopes of that role. An inactive account has no scopes.
    """
    if not token.editor.active:
        return set()
    return {scope for role in token.editor.roles for scope in SCOPES_BY_ROLE[role.name]}.intersection(
        token.scopes
    )


def _hashed(secret: str) -> bytes:
    """Return a keyed hash of a secret.

    With a copy of the database alone, nobody can find out whether a secret belongs to this installation.
    """
    return hmac.digest(keyring().subkey("token"), secret.encode(errors="replace"), "sha256")


@dataclass(frozen=True)
class TokenSummary:
    """A token without its secret."""

    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None


def tokens(session: Session, editor: Editor, scopes: Collection[str]) -> list[TokenSummary]:
    """Return the editor's tokens that have one of the scopes and are not revoked, newest first."""
    found = (
        select(Token)
        .where(Token.editor_id == editor.id, Token.revoked_at.is_(None))
        .order_by(Token.id.desc())
    )
    return [
        TokenSummary(t.id, t.name, t.scopes, t.created_at, t.used_at)
        for t in session.scalars(found)
        if not set(scopes).isdisjoint(t.scopes)
    ]
