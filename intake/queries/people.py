"""The people of the desk, for the admin page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Editor, Role

DESK = ("editor", "chief")


@dataclass(frozen=True)
class Person:
    """An account; `invited` until the person has set a password."""

    id: int
    name: str
    email: str
    roles: list[str]
    active: bool
    invited: bool
    last_login_at: datetime | None


def people(session: Session) -> list[Person]:
    """All accounts by name."""
    return [
        Person(
            e.id, e.name, e.email, [r.name for r in e.roles], e.active, e.password is None, e.last_login_at
        )
        for e in session.scalars(select(Editor).order_by(Editor.name))
    ]


def editors(session: Session) -> dict[int, str]:
    """Everybody who may be at the desk: id → name, in the order of their names."""
    at_desk = Editor.active & Editor.roles.any(Role.name.in_(DESK))
    rows = session.execute(select(Editor.id, Editor.name).where(at_desk).order_by(Editor.name, Editor.id))
    return {row.id: row.name for row in rows}
