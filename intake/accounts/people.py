"""The people of the desk, for the admin page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.models import Editor, Role

# Who may read what was sent.
READERS = ("editor", "chief")


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
    at_desk = Editor.active & Editor.roles.any(Role.name.in_(READERS))
    rows = session.execute(select(Editor.id, Editor.name).where(at_desk).order_by(Editor.name, Editor.id))
    return {row.id: row.name for row in rows}


def is_at_the_desk(
    session: Session, editor_id: int, uniquifier: str, roles: Collection[str] = READERS
) -> bool:
    """Whether a session that began under `uniquifier` is still good, and its person still has one of `roles`."""
    found = session.scalar(
        select(Editor.id).where(
            Editor.id == editor_id,
            Editor.active,
            Editor.fs_uniquifier == uniquifier,
            Editor.roles.any(Role.name.in_(roles)),
        )
    )
    return found is not None


def prefer(session: Session, editor: Editor, *, mail: bool, shortcuts: bool) -> None:
    """Whether mail tells them of what waits, and whether one key does one thing on the desk."""
    session.execute(update(Editor).where(Editor.id == editor.id).values(mail=mail, shortcuts=shortcuts))


def by_address(session: Session, email: str) -> Editor | None:
    """The account that logs in with `email`, however it is typed, or None."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))
