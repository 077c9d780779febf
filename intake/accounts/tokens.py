"""Keys with which a person's programs act for them: made, used, revoked."""

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

# So that whoever finds one in a file knows what it opens, and scanners for secrets can.
PREFIX = "transom_"
# 192 random bits. Wrong ones are not counted as wrong passwords are: a million guesses a second for a billion years are
# right once in 10^34, and a counter could only lock programs out.
SECRET_BYTES = 24
# Whoever has one of these roles may have programs with these scopes.
OF_ROLES = {"editor": DESK_SCOPES, "chief": DESK_SCOPES, "admin": ADMIN_SCOPES}
NOTED_EVERY = timedelta(hours=1)


def make_token(session: Session, editor: Editor, name: str, scopes: Iterable[str]) -> tuple[Token, str]:
    """A token with scopes of models.token.SCOPES, and its secret, which is kept nowhere.

    Whether its person may use them is looked at whenever it is used, since roles change.
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
    """One's own token opens nothing any more; NotFound for others', and for one that was revoked before."""
    token = session.get(Token, token_id, with_for_update=True)
    if token is None or token.editor_id != editor.id or token.revoked_at is not None:
        raise NotFound
    token.revoked_at = session.scalars(select(func.now())).one()
    record(session, "token.revoked", actor=editor, token=token.id)
    return token


def revoke_all(session: Session, editor: Editor) -> None:
    """Somebody else may have had this account: none of its tokens opens anything any more."""
    session.execute(
        update(Token)
        .where(Token.editor_id == editor.id, Token.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def use_token(session: Session, secret: str) -> Token | None:
    """The token of this secret, with its editor; None if it opens nothing, or its person may use none of its scopes (any more).

    That it was used is noted once an hour at most, so that a program that asks all day does not write all day.
    """
    token = session.scalar(select(Token).where(Token.hash == _hashed(secret), Token.revoked_at.is_(None)))
    if token is None or not usable(token):
        return None
    seldom = or_(Token.used_at.is_(None), Token.used_at < func.now() - NOTED_EVERY)
    session.execute(update(Token).where(Token.id == token.id, seldom).values(used_at=func.now()))
    return token


def usable(token: Token) -> set[str]:
    """The scopes of a token that its person may use at this moment: who loses a role loses what their programs did by it."""
    if not token.editor.active:
        return set()
    return {scope for role in token.editor.roles for scope in OF_ROLES[role.name]}.intersection(token.scopes)


def _hashed(secret: str) -> bytes:
    """Keyed: a copied database opens nothing, and does not even say whether a secret that was found is one of ours."""
    return hmac.digest(keyring().subkey("token"), secret.encode(errors="replace"), "sha256")


@dataclass(frozen=True)
class Key:
    """A token without its secret, which nobody has but its program."""

    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None


def tokens(session: Session, editor: Editor, scopes: Collection[str]) -> list[Key]:
    """Those with one of the scopes that nobody has revoked, the newest first."""
    found = (
        select(Token)
        .where(Token.editor_id == editor.id, Token.revoked_at.is_(None))
        .order_by(Token.id.desc())
    )
    return [
        Key(t.id, t.name, t.scopes, t.created_at, t.used_at)
        for t in session.scalars(found)
        if not set(scopes).isdisjoint(t.scopes)
    ]
