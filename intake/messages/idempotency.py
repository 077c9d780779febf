"""A program that never heard the answer writes again; what it wrote stands once."""

import hmac
import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.errors import KeyReused
from intake.models import Editor, Event
from intake.models.lookup import locked

Write = Callable[[Session, uuid.UUID, Editor, str], object]


def once_per_key(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    body: str,
    *,
    key: str,
    event: str,
    write: Write,
) -> bool:
    """`write` the body, which records `event`, unless this editor has done so under `key` before: then False.

    The event keeps keyed hashes of the key and of the body; the submission's row lock puts two that come at once one
    after the other. NotFound; KeyReused where it was another body.
    """
    locked(session, submission_id)
    marks = {"key": _mark(key), "said": _mark(body)}
    mine = select(Event).where(
        Event.submission_id == submission_id, Event.editor_id == editor.id, Event.name == event
    )
    before = session.scalar(mine.where(Event.data["key"].astext == marks["key"]))
    if before is not None:
        if before.data["said"] != marks["said"]:
            raise KeyReused
        return False
    write(session, submission_id, editor, body)
    written = session.scalars(mine.order_by(Event.id.desc()).limit(1)).one()
    written.data = {**written.data, **marks}
    return True


def _mark(text: str) -> str:
    """Which text it was can be told only by who has the text and the master key."""
    return hmac.digest(keyring().subkey("idempotency"), text.encode(errors="replace"), "sha256").hex()
