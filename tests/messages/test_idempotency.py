import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import KeyReused, NotFound
from intake.messages.idempotency import once_per_key
from intake.messages.notes import write_note
from intake.models import Editor, Event, Note, Submission


def write(where: uuid.UUID, who: Editor, body: str, key: str = "a key") -> bool:
    with transaction() as session:
        return once_per_key(session, where, who, body, key=key, event="note.written", write=write_note)


def test_under_one_key_it_is_written_once(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    assert write(in_review.id, editor, "Once.")
    assert not write(in_review.id, editor, "Once.")
    assert write(in_review.id, editor, "Once.", "another key")
    assert write(in_review.id, other_editor, "Once.")
    with transaction() as session:
        assert len(session.scalars(select(Note)).all()) == 3


def test_a_key_is_for_one_text(in_review: Submission, editor: Editor) -> None:
    write(in_review.id, editor, "Once.")
    with pytest.raises(KeyReused):
        write(in_review.id, editor, "Twice.")


def test_neither_key_nor_text_can_be_read_from_the_event(in_review: Submission, editor: Editor) -> None:
    write(in_review.id, editor, "Once.", "a key")
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.name == "note.written")).one()
        assert set(event.data) == {"note", "key", "said"}
        assert "Once" not in str(event.data)
        assert "a key" not in str(event.data)


def test_of_what_is_not_there_nothing_is_written(editor: Editor) -> None:
    with pytest.raises(NotFound):
        write(uuid.uuid4(), editor, "Once.")
