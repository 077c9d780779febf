"""Fates: functions that bring a demo submission to its final status, by the same actions as the desk."""

from collections.abc import Callable

from sqlalchemy import func
from sqlalchemy.orm import Session

from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import settle
from intake.demo.hold import hold
from intake.demo.submissions import Change, DemoSubmission
from intake.models import Editor, Submission
from intake.publishing.amend import retract
from intake.publishing.publish import publish
from intake.review.revise import Edit, revise
from intake.submissions.removal import withdraw
from intake.text import clean_body, clean_line

DESPITE = "This is a submission of the demo."
"""Reason that the demo gives for accepting although points of a checklist are open."""
RETRACTED = "The library asked us to take it down until its readers are safe."

Cast = dict[str, Editor]
Fate = Callable[[Session, Submission, DemoSubmission, Cast, str], None]


def _accept(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, _receipt: str
) -> None:
    _decide(session, submission, plan, cast, DecisionInput("accept", None, plan.reason or None, DESPITE))


def _hold(session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, _receipt: str) -> None:
    _decide(session, submission, plan, cast, DecisionInput("hold", "safety"))


def _spam(session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, _receipt: str) -> None:
    _decide(session, submission, plan, cast, DecisionInput("spam", "advertising"))


def _reject(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, _receipt: str
) -> None:
    _decide(session, submission, plan, cast, DecisionInput("reject", "other", plan.reason or None))


def _decide(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, decision_input: DecisionInput
) -> None:
    """Decide a submission, and settle the decision immediately. The demo does not wait for the undo time."""
    decide(session, submission.id, cast[plan.by], submission.version, decision_input)
    if submission.settles_at:
        submission.settles_at = func.now()
        session.flush()
        session.refresh(submission)
        settle(session, submission.id)


def _publish(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, receipt: str
) -> None:
    _accept(session, submission, plan, cast, receipt)
    publish(session, submission.id, cast[plan.by], submission.version, despite=DESPITE)


def _retract(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, receipt: str
) -> None:
    _publish(session, submission, plan, cast, receipt)
    retract(session, submission.id, cast[plan.by], submission.version, RETRACTED)


def _ask(session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, _receipt: str) -> None:
    _decide(session, submission, plan, cast, DecisionInput("request_changes", "facts", plan.reason))


def _withdraw(
    session: Session, submission: Submission, _plan: DemoSubmission, _cast: Cast, receipt: str
) -> None:
    withdraw(session, receipt)
    hold(session, submission)


def _withdraw_and_purge(
    session: Session, _submission: Submission, _plan: DemoSubmission, _cast: Cast, receipt: str
) -> None:
    withdraw(session, receipt)


FATES: dict[str, Fate] = {
    "accepted": _accept,
    "rejected": _reject,
    "held": _hold,
    "spam": _spam,
    "published": _publish,
    "retracted": _retract,
    "changes_requested": _ask,
    "withdrawn": _withdraw,
    "purged": _withdraw_and_purge,
}


def apply_fate(
    session: Session, submission: Submission, plan: DemoSubmission, cast: Cast, receipt: str
) -> bool:
    """Edit and decide a submission as `plan` says.

    Returns False if the plan has no edit and no decision, or if an earlier run has applied it.
    """
    untouched = submission.status == "in_review" and len(submission.revisions) == 2
    if not untouched or not (plan.changes or plan.fate in FATES):
        return False
    for change in plan.changes:
        _edit(session, submission, change, cast)
    if plan.fate in FATES:
        FATES[plan.fate](session, submission, plan, cast, receipt)
    return True


def _edit(session: Session, submission: Submission, change: Change, cast: Cast) -> None:
    session.refresh(submission, ["revisions"])
    newest = submission.revisions[-1]
    body = clean_body((newest.html or "").replace(change.find, change.put), format="html")
    title = clean_line(change.title or newest.title or "")
    edit = Edit(title, body.html, body.words, clean_line(change.note))
    revise(session, submission.id, cast[change.by], submission.version, edit)
