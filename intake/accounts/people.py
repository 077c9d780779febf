"""Read and check accounts, and change preferences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from intake import permissions
from intake.errors import NotFound
from intake.models import Editor, Role
from intake.permissions.reach import reach_of

READERS = permissions.roles_with("submission.read")
"""Roles that may read submissions."""

AT_THE_DESK = (
    select(Editor.id, Editor.name)
    .where(Editor.active, Editor.roles.any(Role.name.in_(READERS)))
    .order_by(Editor.name, Editor.id)
)


@dataclass(frozen=True)
class Person:
    """An account on the admin page. `invited` is true until the person has set a password.

    `sections` and `languages` limit what an editor sees: empty lists mean all. `reads_contact` allows contact details.
    """

    id: int
    name: str
    email: str
    roles: list[str]
    active: bool
    invited: bool
    last_login_at: datetime | None
    sections: list[str]
    languages: list[str]
    reads_contact: bool


def people(session: Session) -> list[Person]:
    """Return all accounts that are not deleted, sorted by name."""
    found = select(Editor).where(Editor.deleted_at.is_(None)).order_by(Editor.name, Editor.id)
    return [summary(editor) for editor in session.scalars(found)]


def person(session: Session, editor_id: int) -> Person:
    """Return one account. Raises NotFound if it does not exist or is deleted."""
    editor = session.get(Editor, editor_id)
    if editor is None or editor.deleted_at is not None:
        raise NotFound
    return summary(editor)


def summary(editor: Editor) -> Person:
    """Return what the admin page shows of an account."""
    return Person(
        editor.id,
        editor.name,
        editor.email,
        [role.name for role in editor.roles],
        editor.active,
        editor.password is None,
        editor.last_login_at,
        list(editor.sections),
        list(editor.languages),
        editor.reads_contact,
    )


def is_limitable(found: Person) -> bool:
    """Return whether limits apply to an account: its roles allow it to read submissions, but only within its limits."""
    cells = permissions.ACTIONS["submission.read"].cells
    return {cells[role] for role in found.roles if role in cells} == {permissions.WITHIN}


def kept_from(session: Session, section: str, language: str) -> set[int]:
    """Return the ids of the people whose limits keep them from submissions of this section and language."""
    is_limited = (func.cardinality(Editor.sections) > 0) | (func.cardinality(Editor.languages) > 0)
    people = session.scalars(
        select(Editor).where(Editor.active, is_limited).options(selectinload(Editor.roles))
    )
    return {one.id for one in people if not reach_of(one).covers(section, language)}


def editors(session: Session) -> dict[int, str]:
    """Return {id: name} of all active accounts that may read submissions, sorted by name."""
    return {row.id: row.name for row in session.execute(AT_THE_DESK)}


def set_preferences(session: Session, editor: Editor, *, mail: bool, shortcuts: bool, spelling: bool) -> None:
    """Set whether the editor gets mail, and whether keyboard shortcuts and the browser's spell check are on."""
    values = {"mail": mail, "shortcuts": shortcuts, "spelling": spelling}
    session.execute(update(Editor).where(Editor.id == editor.id).values(**values))


def set_language(session: Session, editor: Editor, code: str | None) -> None:
    """Set the language in which the editor reads the desk. None stands for the one that the browser prefers."""
    session.execute(update(Editor).where(Editor.id == editor.id).values(language=code))


def set_mail_choice(
    session: Session, editor: Editor, sections: Iterable[str], languages: Iterable[str]
) -> None:
    """Set the sections and language tags that the editor wants mail about. Empty means all that the editor may see."""
    values = {"mail_sections": sorted(set(sections)), "mail_languages": sorted(set(languages))}
    session.execute(update(Editor).where(Editor.id == editor.id).values(**values))


def set_dense(session: Session, editor: Editor, *, dense: bool) -> None:
    """Set whether the editor's queue shows one line for each submission."""
    session.execute(update(Editor).where(Editor.id == editor.id).values(dense=dense))


def by_address(session: Session, email: str) -> Editor | None:
    """Return the account with this e-mail address, or None. Upper and lower case are equal."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))


def with_factor(session: Session, without_id: int) -> dict[int, str]:
    """Return {id: name} of all accounts with a second factor, except the account `without_id`, sorted by name."""
    found = (
        select(Editor.id, Editor.name)
        .where(Editor.factor_since.is_not(None), Editor.id != without_id)
        .order_by(Editor.name, Editor.id)
    )
    return {row.id: row.name for row in session.execute(found)}
