"""An accepted piece leaves the house."""

import uuid

from sqlalchemy.orm import Session

from intake.errors import NotFound, RetouchWaits
from intake.lifecycle import LEAVES, IllegalMove
from intake.models import Editor, Submission, record
from intake.retouches.request import waits


def download(session: Session, submission_id: uuid.UUID, editor: Editor) -> bytes:
    """The key of its files; Who downloaded is an event.

    NotFound, IllegalMove unless it is accepted, or RetouchWaits while a photo still has what is to be destroyed.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if submission.status not in LEAVES:
        raise IllegalMove("only accepted pieces can be downloaded")
    if waits(session, submission.id):
        raise RetouchWaits
    record(session, "piece.downloaded", submission, actor=editor)
    return submission.key
