"""A contributor takes a submission back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import receipts
from intake.actions.claim import holder
from intake.actions.errors import NotFound
from intake.actions.notify import tell
from intake.actions.settle import let_go
from intake.models import Submission


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw what belongs to a canonical receipt, and tell who had it in hand.

    NotFound, or IllegalMove once it is published or gone.
    """
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if submission is None:
        raise NotFound
    having = holder(session, submission)
    submission.move("withdraw")
    if having is not None:
        tell(session, having.id, submission, "withdrawn")
    let_go(session, submission)
    return submission
