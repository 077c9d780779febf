"""Read and check accounts, and change preferences."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.accounts.factors.requirement import is_overdue
from intake.models import Editor, Role
from intake.settings import settings

# Roles that may read submissions.
READERS = ("editor", "chief")


AT_THE_DESK = (
    select(Editor.id, Editor.name)
    .where(Editor.active, Editor.roles.any(Role.name.in_(READERS)))
    .order_by(Editor.name, Editor.id)
)


@dataclass(frozen=True)
class Person:
    """An account on the admin page. `invited` is true until the person has set a password."""

    id: int
    name: str
    email: str
    roles: list[str]
    active: bool
    invited: bool
    last_login_at: datetime | None


def people(session: Session) -> list[Person]:
    """Return all accounts, sorted by name."""
    return [
        Person(
            e.id, e.name, e.email, [r.name for r in e.roles], e.active, e.password is None, e.last_login_at
        )
        for e in session.scalars(select(Editor).order_by(Editor.name))
    ]


def editors(session: Session) -> dict[int, str]:
    """Return {id: name} of all active accounts that may read submissions, sorted by name."""
    return {row.id: row.name for row in session.execute(AT_THE_DESK)}


def is_session_valid(
    session: Session, editor_id: int, uniquifier: str, roles: Collection[str] = READERS
) -> bool:
    """Return whether a login session is still valid.

    The account must be active, have one of `roles`, and still have the `fs_uniquifier` of the session. Its second
    factor must not be overdue.
    """
    found = session.scalar(
        select(Editor).where(
            Editor.id == editor_id,
            Editor.active,
            Editor.fs_uniquifier == uniquifier,
            Editor.roles.any(Role.name.in_(roles)),
        )
    )
    return found is not None and not is_overdue(found, settings())


def set_preferences(session: Session, editor: Editor, *, mail: bool, shortcuts: bool, spelling: bool) -> None:
    """Set whether the editor gets mail, and whether keyboard shortcuts and the browser's spell check are on."""
    values = {"mail": mail, "shortcuts": shortcuts, "spelling": spelling}
    session.execute(update(Editor).where(Editor.id == editor.id).values(**values))


def by_address(session: Session, email: str) -> Editor | None:
    """Return the account with this e-mail address, or None. Upper and lower case are equal."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))


def with_factor(session: Session, without_id: int) -> dict[int, str]:
    """Return {id: name} of all accounts with a second factor, but for one, sorted by name."""
    found = (
        select(Editor.id, Editor.name)
        .where(Editor.factor_since.is_not(None), Editor.id != without_id)
        .order_by(Editor.name, Editor.id)
    )
    return {row.id: row.name for row in session.execute(found)}
