"""Submissions that age deletes, as SQL for lists and counts, and as a time for one submission."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from intake.models import Answer, LegalHold, Message, Submission, contribution_time
from intake.retention import OTHERS, RULES, RetentionRule, rule_of
from intake.retention.steps import PeriodStep, Steps, of

AT_ONCE = 200
"""Maximum number of submissions that one query returns."""


def due(
    session: Session, rule: RetentionRule, found: Steps, after: uuid.UUID | None = None
) -> list[uuid.UUID]:
    """Return sorted ids of at most AT_ONCE submissions that a rule deletes now. `after` is the last id of the batch before."""
    query = select(Submission.id).where(*_conditions(session, rule, found)).order_by(Submission.id)
    if after:
        query = query.where(Submission.id > after)
    return list(session.scalars(query.limit(AT_ONCE)))


def is_due(session: Session, submission: Submission, found: Steps) -> bool:
    """Return whether the rule for a submission's status deletes the submission, or a part of it, now."""
    rule = rule_of(submission.status)
    if rule is None:
        return False
    query = select(Submission.id).where(Submission.id == submission.id, *_conditions(session, rule, found))
    return session.scalar(query) is not None


def count(session: Session, rule: RetentionRule, found: Steps, ahead: timedelta = timedelta()) -> int:
    """Return how many submissions a rule deletes until the time `ahead` from now, if nothing changes."""
    query = select(func.count()).select_from(Submission).where(*_conditions(session, rule, found, ahead))
    return session.scalar(query) or 0


def due_at(session: Session, submission: Submission, found: Steps) -> datetime | None:
    """Return when the rule for a submission's status deletes the submission, or a part of it, without regard to holds.

    Returns None if the status has no rule, or if there is nothing left to delete.
    """
    rule = rule_of(submission.status)
    if rule is None or (not rule.whole and not has_contact(session, submission)):
        return None
    return _earliest(session, submission, of(found, rule, submission.section), whole=rule.whole)


def due_at_as(session: Session, submission: Submission, found: Steps, rule: str) -> datetime:
    """Return when the named rule would delete the submission, if the submission had a status of that rule."""
    return _earliest(session, submission, of(found, RULES[rule], submission.section), whole=True)


def now(session: Session) -> datetime:
    """Return the time of the database."""
    return session.scalars(select(func.now())).one()


def has_contact(session: Session, submission: Submission) -> bool:
    """Return whether contact details, messages or original answers of the contributor are left."""
    query = select(Submission.id).where(Submission.id == submission.id, _something_left())
    return session.scalar(query) is not None


def _earliest(
    session: Session, submission: Submission, steps: tuple[PeriodStep, ...], *, whole: bool
) -> datetime:
    newest: datetime | None = None if whole else session.scalar(_newest_message(submission.id))

    def over(days: int) -> datetime:
        end = submission.waited_until(timedelta(days=days))
        return end if newest is None else max(end, newest + timedelta(days=days))

    return min(max(over(one.days), one.not_before) for one in steps)


def _newest_message(submission_id: uuid.UUID) -> Select[Any]:
    return select(func.max(contribution_time.latest(Message.sent_at.expression))).where(
        Message.submission_id == submission_id
    )


def _conditions(
    session: Session, rule: RetentionRule, found: Steps, ahead: timedelta = timedelta()
) -> list[ColumnElement[bool]]:
    at = now(session)
    known = found[rule.name]
    named = [section for section in known if section != OTHERS]
    by_section = []
    for section, steps in known.items():
        here = Submission.section == section if section != OTHERS else Submission.section.not_in(named)
        ready = [one for one in steps if one.not_before <= at + ahead]
        over = [_over(rule, timedelta(days=one.days) - ahead) for one in ready]
        by_section.append(here & or_(false(), *over))
    held = select(LegalHold.id).where(LegalHold.submission_id == Submission.id, LegalHold.is_in_force)
    found_by = [Submission.status.in_(rule.statuses), or_(*by_section), ~held.exists()]
    return found_by if rule.whole else [*found_by, _something_left()]


def _over(rule: RetentionRule, time: timedelta) -> ColumnElement[bool]:
    waited = and_(Submission.has_waited(time))
    if rule.whole:
        return waited
    newer = select(Message.id).where(
        Message.submission_id == Submission.id,
        contribution_time.latest(Message.sent_at.expression) >= func.now() - time,
    )
    return waited & ~newer.exists()


def _something_left() -> ColumnElement[bool]:
    written = select(Message.id).where(Message.submission_id == Submission.id, Message.editor_id.is_(None))
    answered = select(Answer.id).where(
        Answer.submission_id == Submission.id, func.octet_length(Answer.sealed) > 0
    )
    return or_(Submission.contact.is_not(None), written.exists(), answered.exists())
