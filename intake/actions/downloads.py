"""An accepted piece leaves the house."""

import uuid

from sqlalchemy.orm import Session

from intake.actions.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Editor, Submission, record

LEAVES = frozenset({"accepted", "published"})


def download(session: Session, submission_id: uuid.UUID, editor: Editor) -> bytes:
    """The key of its files; NotFound, or IllegalMove unless it is accepted. Who downloaded is an event."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if submission.status not in LEAVES:
        raise IllegalMove("only accepted pieces can be downloaded")
    record(session, "piece.downloaded", submission, actor=editor)
    return submission.key
