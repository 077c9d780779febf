"""Examination of a submission, once its text is clean."""

from sqlalchemy.orm import Session

from intake.models import Submission
from intake.submissions.suspicion import budget, recent_texts
from intake.submissions.suspicion.signals import is_suspicious
from intake.submissions.suspicion.traits import Traits


def examine(session: Session, submission: Submission, found: Traits) -> None:
    """Add the signals of the text to those of the arrival, and mark the submission if it is suspicious."""
    signals = [*submission.signals, *found.signals, *recent_texts.compare(session, found)]
    if budget.is_exceeded(session):
        signals.append("busy")
    if "too_fast" in signals and budget.are_many_hasty(session):
        signals.append("many_too_fast")
    submission.signals = list(dict.fromkeys(signals))
    submission.suspected = is_suspicious(signals)
