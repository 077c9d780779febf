"""One decision on many submissions: asked for, carried out one by one, finished, taken back.

It can be taken back like one decision: what is decided first does not take effect before the whole is done. Until then
each has decide.BATCH_PATIENCE; when the last is decided, the time in which all can be taken back begins for all of them together.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.decisions.batch_eligibility import check_eligibility
from intake.decisions.canned_replies import filled
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import undo
from intake.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Batch, BatchItem, Decision, Editor, Event, Job, Revision, Submission, record
from intake.settings import settings


def ask(
    session: Session,
    editor: Editor,
    token: uuid.UUID,
    ruling: DecisionInput,
    messages: Mapping[str, str],
    items: Sequence[tuple[uuid.UUID, int]],
) -> int:
    """Ask for a verdict on `items`, (id, version that was seen), with messages by language; the batch's number. In a message
    `{title}` and `{magazine}` are filled in for each.

    A form that was sent twice (`token`) asks once. NotFound where one of them never was.
    """
    asked: int | None = session.scalar(
        insert(Batch)
        .values(
            editor_id=editor.id,
            verdict=ruling.verdict,
            code=ruling.code,
            messages=dict(messages),
            token=token,
        )
        .on_conflict_do_nothing(index_elements=[Batch.token])
        .returning(Batch.id)
    )
    if asked is None:
        return session.scalars(select(Batch.id).where(Batch.token == token)).one()
    ids = [ident for ident, _version in items]
    if session.scalar(select(func.count()).where(Submission.id.in_(ids))) != len(ids):
        raise NotFound
    session.add_all(
        BatchItem(batch_id=asked, submission_id=ident, version=version, position=place)
        for place, (ident, version) in enumerate(items)
    )
    record(session, "batch.asked", actor=editor, batch=asked)
    return asked


def waiting_items(session: Session, event_id: int) -> tuple[int, list[uuid.UUID]]:
    """The batch that an event asked for, and what of it is still to be decided."""
    batch_id = int(session.get_one(Event, event_id).data["batch"])
    waiting = (
        select(BatchItem.submission_id)
        .where(BatchItem.batch_id == batch_id, BatchItem.outcome == "waiting")
        .order_by(BatchItem.position)
    )
    return batch_id, list(session.scalars(waiting))


def decide_item(session: Session, batch_id: int, submission_id: uuid.UUID) -> None:
    """Decide one item, or note why not. Nothing if it has its outcome: another worker was here, or it was taken back."""
    item = session.get_one(BatchItem, (batch_id, submission_id), with_for_update=True, populate_existing=True)
    if item.outcome != "waiting":
        return
    batch = session.get_one(Batch, batch_id)
    seen = check_eligibility(session, batch.editor, batch.verdict, {submission_id: item.version}, lock=True)[
        0
    ]
    message = batch.messages.get(seen.language)
    problem = seen.problem or ("message" if batch.verdict == "request_changes" and not message else None)
    if problem:
        item.outcome, item.problem = "refused", problem
        return
    if message:
        values = {"title": _title(session, submission_id), "magazine": settings().magazine}
        message = filled(message, values)
    ruling = DecisionInput(batch.verdict, batch.code, message)
    decide(session, submission_id, batch.editor, item.version, ruling, batch_id=batch_id)
    item.outcome = "done"


def _title(session: Session, submission_id: uuid.UUID) -> str:
    newest = (
        select(Revision.title)
        .where(Revision.submission_id == submission_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalars(newest).one() or ""


def finish(session: Session, batch_id: int) -> None:
    """Every item has its outcome: from now the time counts in which all can be taken back. Once."""
    batch = session.get_one(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch.finished_at is not None:
        return
    batch.finished_at = session.scalars(select(func.now())).one()
    ends = batch.finished_at + timedelta(seconds=settings().undo_seconds)
    open_ones = select(Decision.submission_id).where(Decision.batch_id == batch_id, Decision.state == "taken")
    ids = sorted(session.scalars(open_ones))
    session.execute(
        update(Submission)
        .where(Submission.id.in_(ids), Submission.settles_at.is_not(None))
        .values(settles_at=ends)
    )
    session.execute(
        update(Decision)
        .where(Decision.batch_id == batch_id, Decision.state == "taken")
        .values(settles_at=ends)
    )
    session.execute(
        update(Job)
        .where(Job.kind == "decision.settle", Job.status == "pending", Job.submission_id.in_(ids))
        .values(run_at=ends)
    )


def give_up_batch(session: Session, event_id: int) -> None:
    """Nobody carries on with the batch that an event asked for: what is decided takes effect, the rest is refused."""
    batch_id = int(session.get_one(Event, event_id).data["batch"])
    for item in _locked_items(session, batch_id):
        if item.outcome == "waiting":
            item.outcome, item.problem = "refused", "given_up"
    finish(session, batch_id)


def undo_batch(session: Session, batch_id: int, editor: Editor) -> tuple[int, int]:
    """Take back all that has not taken effect, and decide nothing more; (taken back, too late). NotFound.

    IllegalMove where all of it has taken effect.
    """
    items = _locked_items(session, batch_id)
    back, late = 0, 0
    for item in items:
        if item.outcome == "waiting" or _take_back(session, batch_id, item.submission_id, editor):
            item.outcome = "undone"
            back += 1
        elif item.outcome == "done":
            late += 1
    if not back:
        raise IllegalMove("it is too late to take this back: all of it has taken effect")
    batch = session.get_one(Batch, batch_id)
    batch.undone_at = session.scalars(select(func.now())).one()
    record(session, "batch.undone", actor=editor, batch=batch_id)
    return back, late


def _locked_items(session: Session, batch_id: int) -> list[BatchItem]:
    """Whoever decides one has its lock, and is waited for."""
    found = (
        select(BatchItem)
        .where(BatchItem.batch_id == batch_id)
        .order_by(BatchItem.position)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    items = list(session.scalars(found))
    if not items:
        raise NotFound
    return items


def _take_back(session: Session, batch_id: int, submission_id: uuid.UUID, editor: Editor) -> bool:
    decision = session.scalar(
        select(Decision.id).where(
            Decision.batch_id == batch_id,
            Decision.submission_id == submission_id,
            Decision.state.in_(("taken", "waiting")),
        )
    )
    if decision is None:
        return False
    try:
        undo(session, submission_id, decision, editor)
    except IllegalMove:  # it took effect at this very moment
        return False
    return True
