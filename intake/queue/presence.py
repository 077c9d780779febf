"""Presence: which editors have a submission's page open, and who has asked to edit its text alone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Presence, Submission, record
from intake.models.desk import DOING
from intake.models.event import announce
from intake.queue.claims import keep_claim

HIDDEN_AFTER = timedelta(seconds=50)
"""Time without a report after which a page no longer counts as open.

Open pages report every 20 s, so two reports in a row may be lost.
"""
KEEP_TIMEOUT = timedelta(minutes=5)
"""Time without activity after which a text is no longer reserved for one editor."""

Keep = Literal["", "start", "on", "stop"]


@dataclass(frozen=True)
class Report:
    """Report of an open page.

    `page` is a random number of the page, 0 if it has none. `busy` is true if the editor was active lately. `keep` is
    "start" to reserve the text for the editor, "on" while the page reserves it, "stop" to end that on all their pages.
    """

    doing: str
    busy: bool = False
    page: int = 0
    keep: Keep = ""


@dataclass(frozen=True)
class Keeper:
    """Editor who has asked to edit a text alone, and since when."""

    editor_id: int
    name: str
    since: datetime


def report_presence(session: Session, submission_id: uuid.UUID, editor: Editor, report: Report) -> None:
    """Record that the editor has the page open. Raises NotFound.

    If the page is new, or the editor does something else on it, other open pages are notified. If the editor is busy,
    the claim is renewed. Does nothing if the page was closed, since a late report may arrive after that.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if report.busy:
        keep_claim(session, submission, editor)
    here = _row(session, submission_id, editor, report.page)
    if here is not None and here.is_closed:
        return
    now = session.scalars(select(func.now())).one()
    if here is None or here.doing != report.doing or here.seen_at <= now - HIDDEN_AFTER:
        announce(session, submission_id)
    if report.keep == "stop":
        _stop_keeping(session, submission_id, editor)
    kept = _kept(session, submission, editor, here, report, now)
    values = {"doing": report.doing, "keeps_since": kept[0], "keeps_until": kept[1]}
    _put(session, submission_id, editor, report.page, values)
    _forget(session, now)


def leave(session: Session, submission_id: uuid.UUID, editor: Editor, page: int = 0) -> None:
    """Record that the editor has closed the page, and notify other open pages. Raises NotFound."""
    if session.get(Submission, submission_id) is None:
        raise NotFound
    _put(session, submission_id, editor, page, {"is_closed": True, "keeps_since": None, "keeps_until": None})
    announce(session, submission_id)


def _row(session: Session, submission_id: uuid.UUID, editor: Editor, page: int) -> Presence | None:
    mine = select(Presence).filter_by(submission_id=submission_id, editor_id=editor.id, page=page)
    return session.scalar(mine.execution_options(populate_existing=True))


def _put(
    session: Session, submission_id: uuid.UUID, editor: Editor, page: int, values: Mapping[str, object]
) -> None:
    """Write the row of a page, unless the page has been closed in the meantime."""
    new = {"submission_id": submission_id, "editor_id": editor.id, "page": page, "doing": DOING[-1]}
    row = insert(Presence).values(new | dict(values))
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Presence.submission_id, Presence.editor_id, Presence.page],
            set_=dict(values) | {"seen_at": func.now()},
            where=~Presence.is_closed,
        )
    )


def _forget(session: Session, now: datetime) -> None:
    """Delete the rows of pages that no longer count, except rows locked by another transaction, which may be renewing them."""
    key = tuple_(Presence.submission_id, Presence.editor_id, Presence.page)
    old = select(*key.clauses).where(Presence.seen_at <= now - HIDDEN_AFTER).with_for_update(skip_locked=True)
    session.execute(delete(Presence).where(key.in_(old)))


def _keeps(here: Presence, now: datetime) -> bool:
    return here.keeps_until is not None and here.keeps_until > now and here.seen_at > now - HIDDEN_AFTER


def _stop_keeping(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """End the reservation of the text on all pages of the editor, because the button for it is on each of them."""
    mine = (Presence.submission_id == submission_id) & (Presence.editor_id == editor.id)
    session.execute(update(Presence).where(mine).values(keeps_since=None, keeps_until=None))
    announce(session, submission_id)


def _kept(
    session: Session,
    submission: Submission,
    editor: Editor,
    here: Presence | None,
    report: Report,
    now: datetime,
) -> tuple[datetime | None, datetime | None]:
    """Start and end of the time for which the page's editor asks others not to edit the text, or (None, None)."""
    is_on = here is not None and _keeps(here, now)
    if here is not None and is_on and report.keep in ("start", "on"):
        return here.keeps_since, now + KEEP_TIMEOUT if report.busy else here.keeps_until
    if report.keep == "start" and text_keeper(session, submission.id, but=editor.id) is None:
        record(session, "text.kept", submission, actor=editor)
        announce(session, submission.id)
        return now, now + KEEP_TIMEOUT
    if is_on:
        announce(session, submission.id)
    return None, None


def text_keeper(session: Session, submission_id: uuid.UUID, *, but: int | None = None) -> Keeper | None:
    """Return the editor who has asked to edit the text alone. Of several, the first. Ignores the editor `but`."""
    found = session.execute(
        _present(submission_id, but)
        .add_columns(Editor.id, Presence.keeps_since)
        .where(Presence.keeps_until > func.now())
        .order_by(Presence.keeps_since, Editor.id)
        .limit(1)
    ).one_or_none()
    return Keeper(found.id, found.name, found.keeps_since) if found else None


def present_editors(session: Session, submission_id: uuid.UUID, *, but: int) -> dict[str, Any]:
    """Return {"version", "people": [{"name", "doing"}]}, without the editor `but`. Raises NotFound.

    Editors who edit come before editors who read. An editor who edits on one page and reads on another counts as editing.
    """
    version = session.scalar(select(Submission.version).where(Submission.id == submission_id))
    if version is None:
        raise NotFound
    # Of several pages of an editor, take the first in the alphabet: "editing" before "reading".
    doing = func.min(Presence.doing)
    others = _present(submission_id, but).with_only_columns(Editor.name, doing.label("doing"))
    found = session.execute(others.group_by(Editor.id).order_by(doing, Editor.name))
    people = [{"name": row.name, "doing": row.doing} for row in found]
    return {"version": version, "people": people}


def _present(submission_id: uuid.UUID, but: int | None) -> Select[str, str]:
    return (
        select(Editor.name, Presence.doing)
        .join(Editor, Editor.id == Presence.editor_id)
        .where(
            Presence.submission_id == submission_id,
            Presence.editor_id != (but or 0),
            Presence.seen_at > func.now() - HIDDEN_AFTER,
            ~Presence.is_closed,
        )
    )
