"""Batches: one decision on many submissions, taken one by one, and undone together.

Each decision first gets BATCH_EXTRA_TIME, so that no decision takes effect while the batch still runs.
When the last decision is taken, the normal undo time begins for all decisions of the batch.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.decisions.batch_eligibility import check_eligibility
from intake.decisions.canned_replies import fill
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import undo
from intake.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Batch, BatchItem, Decision, Editor, Event, Job, Revision, Submission, record
from intake.permissions.reach import EVERYTHING, Reach, reach_of
from intake.settings import settings


def request_batch(
    session: Session,
    editor: Editor,
    token: uuid.UUID,
    decision_input: DecisionInput,
    messages: Mapping[str, str],
    items: Sequence[tuple[uuid.UUID, int]],
) -> int:
    """Create a batch and return its id. `items` are (submission id, version that the editor saw).

    `messages` is {language: text}, in which `{title}` and `{magazine}` are filled in for each submission.
    A form that is sent twice, with the same `token`, creates one batch.
    Raises NotFound for a submission id that is unknown or beyond the editor's reach.
    """
    asked: int | None = session.scalar(
        insert(Batch)
        .values(
            editor_id=editor.id,
            verdict=decision_input.verdict,
            code=decision_input.code,
            messages_sealed=Batch.messages.sealed(session, dict(messages), token=token),
            token=token,
        )
        .on_conflict_do_nothing(index_elements=[Batch.token])
        .returning(Batch.id)
    )
    if asked is None:
        return session.scalars(select(Batch.id).where(Batch.token == token)).one()
    ids = [ident for ident, _version in items]
    reachable = select(func.count()).where(Submission.id.in_(ids), *reach_of(editor).conditions())
    if session.scalar(reachable) != len(ids):
        raise NotFound
    session.add_all(
        BatchItem(batch_id=asked, submission_id=ident, version=version, position=place)
        for place, (ident, version) in enumerate(items)
    )
    record(session, "batch.asked", actor=editor, batch=asked)
    return asked


def waiting_items(session: Session, event_id: int) -> tuple[int, list[uuid.UUID]]:
    """Return the batch id of an event `batch.asked`, and the ids of the batch's undecided submissions."""
    batch_id = int(session.get_one(Event, event_id).data["batch"])
    waiting = (
        select(BatchItem.submission_id)
        .where(BatchItem.batch_id == batch_id, BatchItem.outcome == "waiting")
        .order_by(BatchItem.position)
    )
    return batch_id, list(session.scalars(waiting))


def decide_item(session: Session, batch_id: int, submission_id: uuid.UUID) -> None:
    """Take the batch's decision on one submission, or record why it is refused.

    Does nothing if the batch item has an outcome already.
    """
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
        message = fill(message, values)
    decision_input = DecisionInput(batch.verdict, batch.code, message)
    decide(session, submission_id, batch.editor, item.version, decision_input, batch_id=batch_id)
    item.outcome = "done"


def _title(session: Session, submission_id: uuid.UUID) -> str:
    of_it = select(Revision).where(Revision.submission_id == submission_id)
    return session.scalars(of_it.order_by(Revision.number.desc()).limit(1)).one().title or ""


def finish_batch(session: Session, batch_id: int) -> None:
    """Start the undo time for all decisions of the batch, and delete the batch's messages.

    Call this when each item has an outcome. A second call does nothing.
    """
    batch = session.get_one(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch.finished_at is not None:
        return
    batch.finished_at, batch.messages_sealed = session.scalars(select(func.now())).one(), b""
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
    """Stop a batch whose job an admin discarded. `event_id` is the event `batch.asked`.

    Decisions already taken will settle, and waiting items are refused.
    """
    batch_id = int(session.get_one(Event, event_id).data["batch"])
    for item in _locked_items(session, batch_id, EVERYTHING):
        if item.outcome == "waiting":
            item.outcome, item.problem = "refused", "given_up"
    finish_batch(session, batch_id)


def undo_batch(session: Session, batch_id: int, editor: Editor) -> tuple[int, int]:
    """Undo all decisions of the batch that have not taken effect. Waiting items are cancelled.

    Submissions beyond the editor's reach stay as they are.

    Returns (number of items undone, number of items too late to undo).
    Raises NotFound, or IllegalMove if all decisions have taken effect.
    """
    items = _locked_items(session, batch_id, reach_of(editor))
    back, late = 0, 0
    for item in items:
        if item.outcome == "waiting" or _undo_item(session, batch_id, item.submission_id, editor):
            item.outcome = "undone"
            back += 1
        elif item.outcome == "done":
            late += 1
    if not back:
        raise IllegalMove("it is too late to undo this: all decisions have taken effect")
    if not _has_items_left(session, batch_id):
        batch = session.get_one(Batch, batch_id)
        batch.undone_at = session.scalars(select(func.now())).one()
    record(session, "batch.undone", actor=editor, batch=batch_id)
    return back, late


def _has_items_left(session: Session, batch_id: int) -> bool:
    """Return whether the batch has waiting items, or decisions that can still be undone."""
    session.flush()
    left = select(BatchItem).where(BatchItem.batch_id == batch_id, BatchItem.outcome == "waiting")
    undoable = (
        select(BatchItem)
        .join(Decision, (Decision.batch_id == batch_id) & (Decision.submission_id == BatchItem.submission_id))
        .where(
            BatchItem.batch_id == batch_id,
            BatchItem.outcome == "done",
            Decision.state.in_(("taken", "waiting")),
        )
    )
    return bool(session.scalar(select(left.exists() | undoable.exists())))


def _locked_items(session: Session, batch_id: int, reach: Reach) -> list[BatchItem]:
    """Return the batch's items within `reach`, under row locks. Waits for a worker that is deciding an item."""
    found = (
        select(BatchItem)
        .join(Submission, Submission.id == BatchItem.submission_id)
        .where(BatchItem.batch_id == batch_id, *reach.conditions())
        .order_by(BatchItem.position)
        .with_for_update(of=BatchItem)
        .execution_options(populate_existing=True)
    )
    items = list(session.scalars(found))
    if not items:
        raise NotFound
    return items


def _undo_item(session: Session, batch_id: int, submission_id: uuid.UUID, editor: Editor) -> bool:
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
    except IllegalMove:  # the decision took effect since the query above
        return False
    return True
