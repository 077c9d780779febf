"""Tick and untick points of a checklist, and check before a move that no point is open."""

import uuid

from sqlalchemy import func
from sqlalchemy.orm import Session

from intake import checklists
from intake.checklists.progress import newest_revision, open_points, progress
from intake.errors import OpenPoints
from intake.lifecycle import GONE, SCREENED, IllegalMove
from intake.models import ChecklistTick, Editor, PublicationNote, Submission, record
from intake.models.lookup import locked

NO_POINT = "the checklist of this section has no such point that a person ticks"


def tick(session: Session, submission_id: uuid.UUID, editor: Editor, code: str) -> bool:
    """Record that an editor settled a point. Returns False if it is ticked already.

    Raises NotFound, or IllegalMove if the submission is not on the desk or its checklist has no point with this code that
    a person ticks.
    """
    submission, label = _submission(session, submission_id, code)
    if session.get(ChecklistTick, (submission.id, code)) is not None:
        return False
    session.add(
        ChecklistTick(
            submission_id=submission.id,
            point=code,
            editor_id=editor.id,
            revision=newest_revision(session, submission.id),
            ticked_at=func.now(),
        )
    )
    record(session, "checklist.ticked", submission, actor=editor, point=label)
    return True


def untick(session: Session, submission_id: uuid.UUID, editor: Editor, code: str) -> bool:
    """Take back a tick. Returns False if there is none. Raises as `tick` does."""
    submission, label = _submission(session, submission_id, code)
    found = session.get(ChecklistTick, (submission.id, code))
    if found is None:
        return False
    session.delete(found)
    record(session, "checklist.unticked", submission, actor=editor, point=label)
    return True


def require(session: Session, submission: Submission, editor: Editor, stage: str, despite: str = "") -> None:
    """Check that no point is open before `stage`, one of checklists.STAGES.

    With `despite`, the editor's reason, open points do not matter: they and the reason are recorded.
    Raises OpenPoints.
    """
    left = [point.label for point in open_points(progress(session, submission), stage)]
    if not left:
        return
    if not despite.strip():
        raise OpenPoints(left)
    reason = PublicationNote(
        submission_id=submission.id, editor_id=editor.id, kind="checklist", body=despite.strip()
    )
    session.add(reason)
    session.flush()
    points = ", ".join(left)
    record(
        session, "checklist.overridden", submission, actor=editor, stage=stage, points=points, words=reason.id
    )


def _submission(session: Session, submission_id: uuid.UUID, code: str) -> tuple[Submission, str]:
    """Return the locked submission, and the label of a point of its checklist."""
    submission = locked(session, submission_id)
    if submission.status in GONE or submission.status not in SCREENED:
        raise IllegalMove("cannot tick points of a submission that is not on the desk")
    found = checklists.of_section(submission.section)
    label = next(
        (one.label for one in found.points if one.code == code and not one.is_by_program)
        if found
        else iter(()),
        None,
    )
    if label is None:
        raise IllegalMove(NO_POINT)
    return submission, label
