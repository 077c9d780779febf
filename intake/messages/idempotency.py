"""Idempotency keys: a client that retries a request writes its message or note only once."""

import hmac
import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.errors import KeyReused
from intake.models import Editor, Event
from intake.models.event import added_facts
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
    """Call `write`, unless this editor has used `key` for this submission before.

    Returns whether `write` was called.
    `write` must record the event `event`. Keyed hashes of key and body are added to the event's data.
    The submission's row lock makes simultaneous requests run one after the other.
    Raises NotFound, or KeyReused if the key was used with another body.
    """
    locked(session, submission_id)
    marks = {"key": _keyed_hash(key), "said": _keyed_hash(body)}
    mine = select(Event).where(
        Event.submission_id == submission_id, Event.editor_id == editor.id, Event.name == event
    )
    before = session.scalar(mine.where(Event.data["key"].astext == marks["key"]))
    if before is not None:
        if before.data["said"] != marks["said"]:
            raise KeyReused
        return False
    with added_facts(session, event, marks):
        write(session, submission_id, editor, body)
    return True


def _keyed_hash(text: str) -> str:
    """Return a keyed hash, so that guesses of a text can be tested only with the application secret."""
    return hmac.digest(keyring().subkey("idempotency"), text.encode(errors="replace"), "sha256").hex()
