"""Who hears that a contributor has answered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.actions.claim import holder
from intake.actions.notify import tell
from intake.models import Decision, Submission


def tell_holder(session: Session, submission: Submission) -> None:
    """Tell who has the submission claimed; nobody, where nobody has."""
    having = holder(session, submission)
    if having is not None:
        tell(session, having.id, submission, "answered")


def tell_asker(session: Session, submission: Submission) -> None:
    """An answer can be read: tell who has the submission claimed, else who asked for changes."""
    having = holder(session, submission)
    asked = (
        select(Decision.editor_id)
        .where(
            Decision.submission_id == submission.id,
            Decision.verdict == "request_changes",
            Decision.state.in_(("standing", "replaced")),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    who = having.id if having is not None else session.scalar(asked)
    if who is not None:
        tell(session, who, submission, "answered")
