"""Assignments: who is responsible for a submission, by which day, and how urgent it is.

An assignment is a plan that lasts and excludes nobody. A claim says "I am on it now", and expires.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from intake.accounts.handover import can_see
from intake.errors import NotFound
from intake.lifecycle import GONE, UNSENT, IllegalMove
from intake.models import Editor, record
from intake.models.lookup import locked
from intake.notifications.notify import notify
from intake.permissions.reach import reach_of, refuse_hidden
from intake.plurals import desk_noop

UNREACHABLE = desk_noop("This person is not at the desk, or does not see this section and language.")


class UnreachableAssignee(Exception):
    """The person has no active account at the desk, or may not see this submission."""


def assign(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    assignee_id: int | None,
    *,
    due_on: date | None = None,
    priority: str = "normal",
) -> bool:
    """Set assignee, due day in UTC and priority (one of models.desk.PRIORITIES) of a submission.

    `assignee_id` None means nobody. Notifies an assignee other than the editor. The submission's version stays.
    Returns whether something changed.
    Raises NotFound, UnreachableAssignee, or IllegalMove if the submission is not sent yet, withdrawn or purged.
    """
    submission = locked(session, submission_id)
    if submission.status in GONE or submission.status == UNSENT:
        raise IllegalMove("cannot assign a submission that is withdrawn or deleted")
    due_at = datetime.combine(due_on, time(), UTC) if due_on else None
    before = (submission.assigned_to, submission.due_at, submission.priority)
    if before == (assignee_id, due_at, priority):
        return False
    if assignee_id is not None:
        assignee = session.get(Editor, assignee_id)
        if assignee is None or not can_see(assignee, submission):
            raise UnreachableAssignee
    submission.assigned_to, submission.due_at, submission.priority = assignee_id, due_at, priority
    facts: dict[str, Any] = {
        "assignee": assignee_id,
        "due": due_on.isoformat() if due_on else None,
        "priority": priority,
    }
    if assignee_id == before[0]:
        record(session, "assignment.changed", submission, actor=editor, **facts)
    elif assignee_id is None:
        record(session, "assignment.ended", submission, actor=editor, **facts)
    else:
        record(session, "assignment.made", submission, actor=editor, **facts)
    if assignee_id is not None and assignee_id != editor.id:
        notify(session, assignee_id, submission, "assigned")
    return True


def assign_several(
    session: Session,
    submission_ids: Iterable[uuid.UUID],
    editor: Editor,
    assignee_id: int | None,
    *,
    due_on: date | None = None,
) -> int:
    """Assign submissions to one person, or to nobody. Returns the number of submissions assigned.

    Without `due_on`, each keeps its due day. The priority does not change. Skips submissions that the editor or the
    assignee may not see, and those that are withdrawn or purged.
    """
    done = 0
    for ident in sorted(submission_ids):  # a fixed order of locks, so that two editors cannot deadlock
        try:
            refuse_hidden(session, ident, reach_of(editor))
            one = locked(session, ident)
            assign(session, ident, editor, assignee_id, due_on=due_on or one.due_on, priority=one.priority)
        except (NotFound, IllegalMove, UnreachableAssignee):
            continue
        done += 1
    return done
