"""A contributor takes a submission back."""

from sqlalchemy.orm import Session

from intake.decisions.settle import let_go
from intake.models import Submission
from intake.models.lookup import locked_by_receipt
from intake.notifications.notify import tell
from intake.queue.claims import holder
from intake.retouches.request import drop


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw what belongs to a canonical receipt, and tell who had it in hand.

    NotFound, or IllegalMove once it is published or gone.
    """
    submission = locked_by_receipt(session, receipt)
    having = holder(session, submission)
    submission.move("withdraw")
    if having is not None:
        tell(session, having.id, submission, "withdrawn")
    let_go(session, submission)
    drop(session, submission)
    return submission
