"""Changes to accounts, settings, queues, jobs and keys, and backups, as the events record them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from intake.models import Editor, Event

PAGE = 50
KINDS: dict[str, tuple[str, ...]] = {
    "accounts": (
        "account.created",
        "account.renamed",
        "account.roles_changed",
        "account.limits_changed",
        "account.switched_off",
        "account.switched_on",
        "account.deleted",
        "share.named",
        "share.removed",
        "share.key_made",
    ),
    "logins": (
        "account.password_changed",
        "account.sessions_ended",
        "factor.added",
        "factor.removed",
        "codes.made",
        "code.used",
        "openid.linked",
        "openid.unlinked",
        "reset.asked",
        "reset.agreed",
        "reset.called_off",
        "reset.done",
        "token.created",
        "token.revoked",
    ),
    "settings": ("settings.changed", "magazine_text.changed", "phrases.changed"),
    "queues": (
        "queue.paused",
        "queue.resumed",
        "jobs.retried",
        "jobs.discarded",
        "worker.stop_asked",
        "schedule.run_asked",
    ),
    "keys": (
        "keys.rotated",
        "keys.destroyed",
        "search_keys.rotated",
        "backup.made",
        "backup.deleted",
        "backup.restored",
    ),
}
"""Kind of a change → names of its events. None of them is about a submission."""


@dataclass(frozen=True)
class ChangeFilter:
    """Filter of the list. `person` is the id of an account that made a change or is concerned by it, 0 for all.

    `kind` is a key of KINDS, "" for all.
    """

    person: int = 0
    kind: str = ""


@dataclass(frozen=True)
class RecordedChange:
    """A change. `data` is what the event recorded.

    `actor` is the name of the person, or None for a command on the server or the setup link. `concerned` is the account that was changed.
    """

    id: int
    event: str
    at: datetime
    actor: str | None
    concerned: Editor | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class ChangePage:
    """Page of changes, newest first. `next` is the id after which the next page begins, or None."""

    items: list[RecordedChange]
    next: int | None


def change_page(
    session: Session, wanted: ChangeFilter, after: int | None = None, limit: int = PAGE
) -> ChangePage:
    """Return a page of changes, from the newest or after the event with the id `after`."""
    names = KINDS[wanted.kind] if wanted.kind else sum(KINDS.values(), ())
    # Most events are about submissions. With this condition, PostgreSQL uses an index without them.
    query = select(Event).where(Event.submission_id.is_(None), Event.name.in_(names))
    if wanted.person:
        concerned = Event.data.contains({"account": wanted.person})
        query = query.where(or_(Event.editor_id == wanted.person, concerned))
    if after:
        query = query.where(Event.id < after)
    newest = query.order_by(Event.id.desc()).limit(limit + 1).options(joinedload(Event.editor))
    rows = session.scalars(newest).all()
    accounts = _accounts(session, rows[:limit])
    items = [_change(event, accounts.get(event.data.get("account", 0))) for event in rows[:limit]]
    return ChangePage(items, items[-1].id if len(rows) > limit else None)


def people(session: Session) -> dict[int, str]:
    """Return {id: name} of all accounts, sorted by name. Deleted accounts come last."""
    found = select(Editor.id, Editor.name).order_by(Editor.deleted_at.is_not(None), Editor.name, Editor.id)
    return {row.id: row.name for row in session.execute(found)}


def _accounts(session: Session, events: Iterable[Event]) -> dict[int, Editor]:
    numbers = {event.data["account"] for event in events if "account" in event.data}
    return {one.id: one for one in session.scalars(select(Editor).where(Editor.id.in_(numbers)))}


def _change(event: Event, concerned: Editor | None) -> RecordedChange:
    actor = event.editor.name if event.editor else None
    # The command line and the setup link create an account in the name of this account itself.
    if event.name == "account.created" and event.editor_id == event.data.get("account"):
        actor = None
    return RecordedChange(event.id, event.name, event.at, actor, concerned, event.data)
