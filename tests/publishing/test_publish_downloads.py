import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound
from intake.lifecycle import DOWNLOADABLE, STATUSES, IllegalMove
from intake.models import Editor, Event, Submission
from intake.publishing.publish import download


def test_an_accepted_submission_is_downloaded_with_an_event(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
        key = session.get_one(Submission, in_review.id).key
        assert download(session, in_review.id, editor) == key
        query = select(Event.editor_id).where(Event.name == "piece.downloaded")
        assert list(session.scalars(query)) == [editor.id]


def test_anything_else_stays(in_review: Submission, editor: Editor) -> None:
    with pytest.raises(IllegalMove, match="only accepted submissions"), transaction() as session:
        download(session, in_review.id, editor)
    with pytest.raises(NotFound), transaction() as session:
        download(session, uuid.uuid4(), editor)
    assert set(STATUSES) > DOWNLOADABLE
