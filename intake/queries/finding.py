"""One row by what people know of it: a submission by its receipt, an account by its address."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import receipts
from intake.models import Editor, Submission


def by_receipt(session: Session, receipt: str) -> Submission | None:
    """The submission of a canonical receipt, or None."""
    return session.scalar(select(Submission).where(Submission.receipt_hash == receipts.hashed(receipt)))


def by_address(session: Session, email: str) -> Editor | None:
    """The account that logs in with `email`, however it is typed, or None."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))
