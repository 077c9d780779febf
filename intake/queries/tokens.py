"""A person's tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Editor, Token


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
