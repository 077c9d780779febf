"""Going back to an older revision: a new one with what it held."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.actions.details import read
from intake.actions.revise import Edit, revise
from intake.errors import NotFound
from intake.models import Editor, Revision


def restore(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, number: int, note: str
) -> Revision:
    """Make what revision `number` held the text and the details of now; of a revision without details, the text alone.

    StaleRevision, NotFound, or IllegalMove where nothing may be edited.
    """
    old = session.scalar(
        select(Revision).where(Revision.submission_id == submission_id, Revision.number == number)
    )
    # 0 are the contributor's own words, unclean.
    if old is None or not number:
        raise NotFound
    edit = Edit(old.title or "", old.html or "", old.words, note, read(old.details))
    return revise(session, submission_id, editor, version, edit)
