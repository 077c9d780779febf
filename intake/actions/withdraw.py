"""A contributor takes a submission back."""

from sqlalchemy.orm import Session

from intake.actions.load import locked_by_receipt
from intake.actions.retouch import drop
from intake.actions.settle import let_go
from intake.models import Submission


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw what belongs to a canonical receipt; NotFound, or IllegalMove once it is published or gone."""
    submission = locked_by_receipt(session, receipt)
    submission.move("withdraw")
    let_go(session, submission)
    drop(session, submission)
    return submission
