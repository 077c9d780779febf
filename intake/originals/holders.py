"""People who hold shares of sealed originals, and their key pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from intake import permissions
from intake.keys import shares
from intake.models import Editor, HolderKey, OriginalShare, Role, SealedOriginal, record
from intake.originals import HOLDERS, MOST_HOLDERS, keeping
from intake.settings import settings

ACTION = "original.open"


class TooManyHolders(Exception):
    """Raised if MOST_HOLDERS people are holders already."""

    problem = f"{MOST_HOLDERS} people hold shares already. Please remove one first."


@dataclass(frozen=True)
class NamedHolder:
    """Holder. `made_at` and `fingerprint` belong to the holder's key. Without a key, they are None and ""."""

    editor_id: int
    name: str
    active: bool
    made_at: datetime | None
    fingerprint: str


def named(session: Session) -> list[NamedHolder]:
    """Return all holders, sorted by name."""
    query = (
        select(Editor, HolderKey)
        .outerjoin(HolderKey, HolderKey.editor_id == Editor.id)
        .where(Editor.holds_originals)
        .order_by(Editor.name, Editor.id)
    )
    return [
        NamedHolder(person.id, person.name, person.active, key.made_at if key else None, _named(key))
        for person, key in session.execute(query)
    ]


def _named(key: HolderKey | None) -> str:
    return shares.fingerprint(key.public) if key else ""


def keys(session: Session) -> Sequence[HolderKey]:
    """Return the keys of the people who can open originals now, in the order of their ids."""
    query = select(HolderKey).join(Editor, Editor.id == HolderKey.editor_id).where(may_open())
    return session.scalars(query.order_by(HolderKey.id)).all()


def may_open() -> ColumnElement[bool]:
    """Return the condition that an account is active, a holder, and has a role that may open originals."""
    roles = permissions.roles_with(ACTION)
    return and_(Editor.active, Editor.holds_originals, or_(Editor.roles.any(Role.name.in_(roles))))


def own_key(session: Session, person: Editor) -> HolderKey | None:
    """Return the key of a person, or None."""
    return session.scalar(select(HolderKey).where(HolderKey.editor_id == person.id))


def offered_days(session: Session) -> int:
    """Return the days for which contributors may let originals be kept. 0 if nothing is kept."""
    days = settings().original_days
    return days if days and len(keys(session)) >= HOLDERS else 0


def agreed_days(session: Session, typed: str) -> int | None:
    """Return the days that a contributor agreed to, or None.

    `typed` is the number that the page showed. If an admin has lowered the number since, the lower one applies.
    """
    shown = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    return min(shown, offered_days(session)) or None


def last_day(session: Session, days: int) -> date:
    """Return the last day in UTC of a period that begins today, by the database's clock."""
    return keeping.today(session) + keeping.days(days)


def make_key(session: Session, person: Editor) -> str:
    """Give a person a new key pair, and return its passphrase, which is stored nowhere.

    Shares for an earlier key are lost.
    """
    forget_key(session, person)
    passphrase = shares.new_passphrase()
    made = shares.new_sealed_pair(passphrase)
    session.add(HolderKey(editor_id=person.id, **vars(made)))
    record(session, "share.key_made", actor=person, account=person.id)
    return passphrase


def set_named(session: Session, person: Editor, actor: Editor | None, *, is_named: bool) -> bool:
    """Make a person a holder, or remove the holder and the key. Returns whether it changed. Raises TooManyHolders."""
    if person.holds_originals == is_named:
        return False
    others = select(func.count()).where(Editor.holds_originals, Editor.id != person.id)
    if is_named and (session.scalar(others) or 0) >= MOST_HOLDERS:
        raise TooManyHolders
    person.holds_originals = is_named
    if is_named:
        record(session, "share.named", actor=actor, account=person.id)
    else:
        forget_key(session, person)
        record(session, "share.removed", actor=actor, account=person.id)
    return True


def forget_key(session: Session, person: Editor) -> None:
    """Delete the key of a person and its shares. Originals that nobody can open any more are destroyed."""
    session.execute(delete(HolderKey).where(HolderKey.editor_id == person.id))
    shared = select(OriginalShare.photo_id).where(OriginalShare.photo_id == SealedOriginal.photo_id).exists()
    for submission, photo in keeping.destroy(session, ~shared):
        record(session, "original.lost", submission, photo=photo)
