"""Notes of editors about a submission, and mentions of colleagues in them."""

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.lifecycle import IllegalMove
from intake.models import Editor, Note, record
from intake.models.lookup import locked
from intake.notifications.notify import notify
from intake.queue.claims import keep_claim
from intake.queue.search_index import index


def write_note(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Note:
    """Store a note and notify the editors whom it mentions.

    Raises NotFound, or IllegalMove once the submission is purged.
    """
    submission = locked(session, submission_id)
    if submission.status == "purged":
        raise IllegalMove("cannot write a note about a deleted submission")
    others = select(Editor.id, Editor.name).where(Editor.active, Editor.id != editor.id).order_by(Editor.id)
    people = {row.id: row.name for row in session.execute(others)}
    note = Note(submission_id=submission.id, editor_id=editor.id, body=body, mentions=mentioned(body, people))
    session.add(note)
    session.flush()
    for who in note.mentions:
        notify(session, who, submission, "mentioned")
    index(session, submission)
    keep_claim(session, submission, editor)
    record(session, "note.written", submission, actor=editor, note=note.id)
    return note


def mentioned(text: str, people: Mapping[int, str]) -> list[int]:
    """Return the ids of the people whom the text mentions, in the order of `people` (id → name).

    A mention is @ and the whole name. The first word of a name is enough if no other name begins with it.
    Upper and lower case are equal.
    """
    said = text.casefold()
    first_words = Counter(_first_word(name) for name in people.values())
    return [number for number, name in people.items() if name and _mentions(said, name, first_words)]


def _mentions(said: str, name: str, first_words: Counter[str]) -> bool:
    whole, first = name.casefold(), _first_word(name)
    return _contains_mention(said, whole) or (first_words[first] == 1 and _contains_mention(said, first))


def _contains_mention(said: str, name: str) -> bool:
    """Return whether the text contains `@name`, except as the beginning of a longer word."""
    place = said.find(f"@{name}")
    while place >= 0:
        after = said[place + 1 + len(name) :][:1]
        if not after.isalnum():
            return True
        place = said.find(f"@{name}", place + 1)
    return False


def _first_word(name: str) -> str:
    return name.casefold().split()[0] if name.split() else ""


def split_mentions(text: str, names: Sequence[str]) -> list[tuple[str, bool]]:
    """Split a text into pairs (part, whether the part mentions one of `names`).

    Names match whole or by their first word.
    """
    called = sorted({word for name in names for word in (name, *name.split()[:1])}, key=len, reverse=True)
    if not called:
        return [(text, False)]
    pattern = re.compile(f"(@(?:{'|'.join(map(re.escape, called))})(?!\\w))", re.IGNORECASE)
    return [(part, bool(n % 2)) for n, part in enumerate(pattern.split(text)) if part]
