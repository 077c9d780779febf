"""Presence: which editors have a submission's page open, and who wants to be alone with its text."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Presence, Submission, record
from intake.models.event import announce
from intake.queue.claims import keep_claim

ANNOUNCE_AGAIN_AFTER = timedelta(minutes=1)
"""Time without a report from an editor's page after which the editor's next report is announced again."""
HIDDEN_AFTER = timedelta(seconds=50)
"""Time without a report after which an editor is no longer shown.

Open pages report every 20 s, so two reports in a row may be lost.
"""
KEEP_TIMEOUT = timedelta(minutes=5)
"""Time without activity after which a text is no longer kept to one editor."""

Keep = Literal["", "start", "on"]


@dataclass(frozen=True)
class Report:
    """Report of an open page.

    `page` is a random number of the page. `busy` is set if the editor did something lately. `keep` is "start" to ask
    that others leave the text alone, and "on" while the page asks for that.
    """

    doing: str
    busy: bool = False
    page: int | None = None
    keep: Keep = ""


@dataclass(frozen=True)
class Keeper:
    """Editor who wants to be alone with a text, and since when."""

    editor_id: int
    name: str
    since: datetime


def report_presence(session: Session, submission_id: uuid.UUID, editor: Editor, report: Report) -> None:
    """Record that the editor has the page open. Raises NotFound.

    If the editor's activity has changed, other open pages are notified. If the editor is busy, the claim is renewed.
    An editor with several pages is shown with the page on which the text is edited.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    here = _row(session, submission_id, editor)
    now = session.scalars(select(func.now())).one()
    if report.busy:
        keep_claim(session, submission, editor)
    if here is not None and _is_secondary(here, report, now):
        return
    if here is None or here.doing != report.doing or here.seen_at <= now - ANNOUNCE_AGAIN_AFTER:
        announce(session, submission_id)
    kept = _kept(session, submission, editor, here, report, now)
    values = {"doing": report.doing, "page": report.page, "keeps_since": kept[0], "keeps_until": kept[1]}
    seen = insert(Presence).values(submission_id=submission_id, editor_id=editor.id, **values)
    session.execute(
        seen.on_conflict_do_update(
            index_elements=[Presence.submission_id, Presence.editor_id],
            set_=values | {"seen_at": func.now()},
        )
    )


def _row(session: Session, submission_id: uuid.UUID, editor: Editor) -> Presence | None:
    mine = select(Presence).where(Presence.submission_id == submission_id, Presence.editor_id == editor.id)
    return session.scalar(mine.execution_options(populate_existing=True))


def _is_secondary(here: Presence, report: Report, now: datetime) -> bool:
    """Return whether another open page of the editor tells more than the page of this report."""
    if here.page == report.page or here.seen_at <= now - HIDDEN_AFTER:
        return False
    return (here.doing == "editing" and report.doing == "reading") or (_keeps(here, now) and not report.keep)


def _keeps(here: Presence, now: datetime) -> bool:
    return here.keeps_until is not None and here.keeps_until > now and here.seen_at > now - HIDDEN_AFTER


def _kept(
    session: Session,
    submission: Submission,
    editor: Editor,
    here: Presence | None,
    report: Report,
    now: datetime,
) -> tuple[datetime | None, datetime | None]:
    """Start and end of the time for which the editor keeps the text, (None, None) for no such time."""
    is_on = here is not None and here.page == report.page and _keeps(here, now)
    if here is not None and is_on and report.keep:
        return here.keeps_since, now + KEEP_TIMEOUT if report.busy else here.keeps_until
    if report.keep == "start" and text_keeper(session, submission.id, but=editor.id) is None:
        record(session, "text.kept", submission, actor=editor)
        announce(session, submission.id)
        return now, now + KEEP_TIMEOUT
    if is_on:
        announce(session, submission.id)
    return None, None


def leave(session: Session, submission_id: uuid.UUID, editor: Editor, page: int | None = None) -> None:
    """Record that the editor has closed the page. Does nothing if another page of the editor is shown."""
    mine = delete(Presence).where(
        Presence.submission_id == submission_id,
        Presence.editor_id == editor.id,
        Presence.page.is_not_distinct_from(page),
    )
    if session.execute(mine.returning(Presence.editor_id)).first():
        announce(session, submission_id)


def text_keeper(session: Session, submission_id: uuid.UUID, *, but: int | None = None) -> Keeper | None:
    """Return the editor who wants to be alone with the text, of several the first. Leaves out the editor `but`."""
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

    Editors who edit come before editors who read.
    """
    version = session.scalar(select(Submission.version).where(Submission.id == submission_id))
    if version is None:
        raise NotFound
    others = _present(submission_id, but).order_by(Presence.doing, Editor.name)
    people = [{"name": row.name, "doing": row.doing} for row in session.execute(others)]
    return {"version": version, "people": people}


def _present(submission_id: uuid.UUID, but: int | None) -> Select[str, str]:
    return (
        select(Editor.name, Presence.doing)
        .join(Editor, Editor.id == Presence.editor_id)
        .where(
            Presence.submission_id == submission_id,
            Presence.editor_id != (but or 0),
            Presence.seen_at > func.now() - HIDDEN_AFTER,
        )
    )
