"""Notices about accounts: on every page of the desk until read, and by mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.models import AccountNotice, Editor, Event, Role, record
from intake.models.factor import CHANGES
from intake.plurals import READER, desk_noop

MOST = 20
BY_COMMAND = desk_noop("a command on the server")
ONCE_IN = timedelta(days=1)


@dataclass(frozen=True)
class NoticeItem:
    """An unread notice. `own` is true if it is about the reader's own account, else `name` is its owner's name.

    `by` is the person who made the change, or "".
    """

    id: int
    kind: str
    own: bool
    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class NoticeMail:
    """Addressee and contents of the mail for a notice. `own` as in NoticeItem."""

    address: str
    kind: str
    own: bool
    about_id: int


def tell(
    session: Session, readers: Iterable[int], about_id: int, kind: str, actor: Editor | None = None
) -> None:
    """Create a notice of `kind` (models.factor.NOTICE_KINDS) for each account of `readers`, to be mailed at once.

    `actor` is the person who made a change. None for a command on the server.
    """
    for editor_id in sorted(set(readers)):
        notice = AccountNotice(
            editor_id=editor_id, about_id=about_id, kind=kind, actor_id=actor.id if actor else None
        )
        session.add(notice)
        session.flush()
        record(session, "account.told", account=editor_id, notice=notice.id)


def tell_once_a_day(session: Session, editor_id: int, kind: str) -> None:
    """Create a notice for an account about itself, unless there was one of this kind in the last day."""
    recent = select(AccountNotice.id).where(
        AccountNotice.editor_id == editor_id,
        AccountNotice.kind == kind,
        AccountNotice.created_at > func.now() - ONCE_IN,
    )
    # Row lock: of many simultaneous requests, only the first creates the notice.
    session.execute(select(Editor.id).where(Editor.id == editor_id).with_for_update())
    if session.scalar(recent.limit(1)) is None:
        tell(session, [editor_id], editor_id, kind)


def with_role(session: Session, *names: str) -> list[int]:
    """Return the ids of the active accounts with one of the roles."""
    return list(
        session.scalars(select(Editor.id).where(Editor.active, Editor.roles.any(Role.name.in_(names))))
    )


def unread_notices(session: Session, editor_id: int) -> list[NoticeItem]:
    """Return the newest MOST unread notices of an account, newest first."""
    found = session.scalars(
        select(AccountNotice)
        .where(AccountNotice.editor_id == editor_id, AccountNotice.seen_at.is_(None))
        .order_by(AccountNotice.id.desc())
        .limit(MOST)
    )
    return [
        NoticeItem(n.id, n.kind, n.about_id == editor_id, n.about.name, _by(n), n.created_at) for n in found
    ]


def _by(notice: AccountNotice) -> str:
    if notice.actor is None:
        return READER.gettext(BY_COMMAND) if notice.kind in CHANGES else ""
    return "" if notice.actor_id == notice.editor_id else notice.actor.name


def mark_notices_read(session: Session, editor_id: int, last_id: int) -> None:
    """Mark the notices of an account up to `last_id` as read. Notices that came since then stay."""
    session.execute(
        update(AccountNotice)
        .where(
            AccountNotice.editor_id == editor_id,
            AccountNotice.id <= last_id,
            AccountNotice.seen_at.is_(None),
        )
        .values(seen_at=func.now())
    )


def settle(session: Session, about_id: int, kind: str) -> None:
    """Mark all notices of a kind about an account as read, because nothing is left to do about them."""
    here = (AccountNotice.about_id == about_id) & (AccountNotice.kind == kind)
    unread = AccountNotice.seen_at.is_(None)
    session.execute(update(AccountNotice).where(here, unread).values(seen_at=func.now()))


def notice_mail(session: Session, event_id: int) -> NoticeMail | None:
    """Return the mail for an event `account.told`.

    None if the account is deleted, or switched off: then only the notice that it was switched off is mailed.
    """
    notice = session.get(AccountNotice, session.get_one(Event, event_id).data["notice"])
    if notice is None or notice.editor.deleted_at is not None:
        return None
    own = notice.about_id == notice.editor_id
    if not notice.editor.active and not (own and notice.kind == "account_off"):
        return None
    return NoticeMail(notice.editor.email, notice.kind, own, notice.about_id)
