"""Legal holds: a chief editor asks, a second person confirms. Retention rules delete nothing of a held submission."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from intake import lifecycle, permissions
from intake.accounts import notices
from intake.errors import NotFound
from intake.models import Editor, LegalHold, Submission, record
from intake.models.lookup import locked
from intake.models.submission import short
from intake.notifications import notify
from intake.plurals import desk_noop
from intake.retention import day_words

LONGEST = timedelta(days=3 * 365)
REASON_CHARACTERS = 500
SAME_PERSON = desk_noop("Somebody else has to confirm the legal hold that you asked for.")
NOT_HELD = desk_noop("A submission that is deleted or was never sent cannot be held.")
ASKED_ALREADY = desk_noop("A request for a legal hold waits already. Confirm it or call it off first.")
PAST = desk_noop("Please give a day from today on, and at most three years from now.")
ENDED = desk_noop("This request for a legal hold has ended. Nothing is held by it.")


class HoldRefused(Exception):
    """A legal hold cannot be asked for or confirmed. The message says why, as a sentence."""


@dataclass(frozen=True, repr=False)
class HoldSummary:
    """Legal hold, or request for one. `confirmed_by` is None until the second person confirms."""

    id: int
    submission_id: uuid.UUID
    short_id: str
    section: str
    status: str
    reason: str
    until: date
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


def ask(session: Session, submission_id: uuid.UUID, chief: Editor, reason: str, until: date) -> LegalHold:
    """Ask for a legal hold until the end of a day in UTC. Nothing is held before a second person confirms.

    All who may confirm are notified.

    Raises NotFound, or HoldRefused if a request waits already, the day is out of range, or the submission is purged or unsent.
    """
    submission = locked(session, submission_id)
    if submission.status in {"purged", lifecycle.UNSENT}:
        raise HoldRefused(NOT_HELD)
    if not today(session) <= until <= today(session) + LONGEST:
        raise HoldRefused(PAST)
    here = LegalHold.submission_id == submission_id
    if session.scalar(select(LegalHold.id).where(here, LegalHold.is_asked)):
        raise HoldRefused(ASKED_ALREADY)
    # Unconfirmed requests whose last day is over have lapsed, but their rows are still open. Close them.
    stale = here & LegalHold.confirmed_at.is_(None) & LegalHold.ended_at.is_(None)
    session.execute(update(LegalHold).where(stale).values(ended_at=func.now(), ended_by=LegalHold.asked_by))
    hold = LegalHold(submission_id=submission_id, reason=reason, until=until, asked_by=chief.id)
    session.add(hold)
    session.flush()
    record(session, "hold.asked", submission, actor=chief, hold=hold.id, day=day_words(until))
    _notify(session, submission, chief)
    return hold


def confirm(session: Session, hold_id: int, person: Editor) -> LegalHold:
    """Confirm a request of somebody else. Does nothing if it is confirmed already.

    Raises NotFound, also if the submission is deleted. Raises HoldRefused for the person who asked, and if the request was
    called off or its day is over.
    """
    hold, submission = _locked(session, hold_id)
    if hold.is_in_force:
        return hold
    if not hold.is_asked:
        raise HoldRefused(ENDED)
    if hold.asked_by == person.id:
        raise HoldRefused(SAME_PERSON)
    hold.confirmed_by, hold.confirmed_at = person.id, func.now()
    record(session, "hold.confirmed", submission, actor=person, hold=hold.id, day=day_words(hold.until))
    session.flush()
    _settle(session, hold)
    return hold


def release(session: Session, hold_id: int, chief: Editor) -> None:
    """End a hold, or call off a request. Does nothing if it has ended. Raises NotFound."""
    hold, submission = _locked(session, hold_id)
    if hold.is_asked:
        record(session, "hold.called_off", submission, actor=chief, hold=hold.id)
    elif hold.is_in_force:
        record(session, "hold.released", submission, actor=chief, hold=hold.id)
    else:
        return
    hold.ended_by, hold.ended_at = chief.id, func.now()
    session.flush()
    _settle(session, hold)


def settle_lapsed(session: Session) -> None:
    """Withdraw the notifications about requests that nobody confirmed by their last day."""
    is_over = (
        LegalHold.confirmed_at.is_(None) & LegalHold.ended_at.is_(None) & (LegalHold.until < today(session))
    )
    for hold in session.scalars(select(LegalHold).where(is_over)):
        _settle(session, hold)


def confirmers(session: Session, asker_id: int) -> tuple[list[int], list[int]]:
    """Return the ids of people who may confirm a request: chief editors, and admins who are not chief editors."""
    chiefs = set(notices.with_role(session, *permissions.roles_with("hold.confirm"))) - {asker_id}
    admins = set(notices.with_role(session, *permissions.roles_with("retention.confirm"))) - {asker_id}
    return sorted(chiefs), sorted(admins - chiefs)


def asked_until(session: Session, submission_id: uuid.UUID) -> date | None:
    """Return the last day in UTC of the request that waits for a second person, or None if none does."""
    here = LegalHold.submission_id == submission_id
    return session.scalar(select(func.max(LegalHold.until)).where(here, LegalHold.is_asked))


def waiting_for(session: Session, person: Editor) -> int:
    """Return the number of waiting requests by others, which this person may confirm."""
    waiting = select(func.count()).select_from(LegalHold).where(LegalHold.is_asked)
    return session.scalar(waiting.where(LegalHold.asked_by != person.id)) or 0


def held_until(session: Session, submission_id: uuid.UUID) -> date | None:
    """Return the last day in UTC of the legal hold that is in force, or None if there is none."""
    return session.scalar(
        select(func.max(LegalHold.until)).where(
            LegalHold.submission_id == submission_id, LegalHold.is_in_force
        )
    )


def belongs(session: Session, hold_id: int, submission_id: uuid.UUID) -> None:
    """Raise NotFound unless the hold exists and belongs to this submission."""
    hold = session.get(LegalHold, hold_id)
    if hold is None or hold.submission_id != submission_id:
        raise NotFound


def open_holds(session: Session, submission_id: uuid.UUID | None = None) -> list[HoldSummary]:
    """Return holds in force and waiting requests, waiting ones first, of one submission or of all."""
    second = aliased(Editor)
    query = (
        select(LegalHold, Submission.section, Submission.status, Editor.name, second.name)
        .join(Submission, Submission.id == LegalHold.submission_id)
        .join(Editor, Editor.id == LegalHold.asked_by)
        .outerjoin(second, second.id == LegalHold.confirmed_by)
        .where(LegalHold.is_asked | LegalHold.is_in_force)
        .order_by(LegalHold.confirmed_at.is_not(None), LegalHold.until, LegalHold.id)
    )
    if submission_id:
        query = query.where(LegalHold.submission_id == submission_id)
    return [
        HoldSummary(
            hold.id, hold.submission_id, short(hold.submission_id), section, status, hold.reason, hold.until, asked,
            hold.asked_by, hold.asked_at, confirmed, hold.confirmed_at,
        )
        for hold, section, status, asked, confirmed in session.execute(query)
    ]  # fmt: skip


def today(session: Session) -> date:
    """Return the day in UTC by the database's clock."""
    now: datetime = session.scalars(select(func.timezone("UTC", func.now()))).one()
    return now.date()


def _notify(session: Session, submission: Submission, asker: Editor) -> None:
    """Notify chief editors about the submission. Admins, who may not read it, get a notice that does not name it."""
    chiefs, admins = confirmers(session, asker.id)
    for chief_id in chiefs:
        notify.notify(session, chief_id, submission, "hold_asked")
    notices.tell(session, admins, asker.id, "hold_asked", asker)


def _settle(session: Session, hold: LegalHold) -> None:
    """Withdraw notifications about the submission, and notices about the asker, once no request is left to confirm."""
    if asked_until(session, hold.submission_id) is None:
        notify.settle(session, hold.submission_id, "hold_asked")
    if (
        session.scalar(select(LegalHold.id).where(LegalHold.is_asked, LegalHold.asked_by == hold.asked_by))
        is None
    ):
        notices.settle(session, hold.asked_by, "hold_asked")


def _locked(session: Session, hold_id: int) -> tuple[LegalHold, Submission]:
    """Lock and return a hold and its submission. The submission is locked first, as everywhere, to avoid deadlocks."""
    submission_id = session.scalar(select(LegalHold.submission_id).where(LegalHold.id == hold_id))
    if submission_id is None:
        raise NotFound
    submission = locked(session, submission_id)
    hold = session.get(LegalHold, hold_id, with_for_update=True, populate_existing=True)
    if hold is None:
        raise NotFound
    return hold, submission
