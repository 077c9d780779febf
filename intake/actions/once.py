"""A program that never heard the answer writes again; what it wrote stands once."""

import hmac
import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.actions.load import locked
from intake.crypto import keyring
from intake.models import Editor, Event


def once(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    name: str,
    key: str,
    write: Callable[[], object],
) -> bool:
    """`write`, which records an event `name` of this submission, unless this editor has done so under `key` before.

    The event keeps a keyed hash of `key`; the submission's row lock makes two that come at once one after the other.
    True if it was written now. NotFound.
    """
    locked(session, submission_id)
    mark = hmac.digest(keyring().subkey("idempotency"), key.encode(errors="replace"), "sha256").hex()
    mine = select(Event).where(
        Event.submission_id == submission_id, Event.editor_id == editor.id, Event.name == name
    )
    if session.scalar(mine.where(Event.data["key"].astext == mark)) is not None:
        return False
    write()
    event = session.scalars(mine.order_by(Event.id.desc()).limit(1)).one()
    event.data = {**event.data, "key": mark}
    return True
