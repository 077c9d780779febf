import uuid

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Presence, Submission
from intake.queue.claims import claim
from intake.queue.presence import leave, report_presence


def seen() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(one.editor_id, one.doing) for one in session.scalars(select(Presence))]


def test_somebody_comes_edits_and_goes(in_review: Submission, editor: Editor) -> None:
    for doing in ("reading", "editing"):
        with transaction() as session:
            report_presence(session, in_review.id, editor, doing=doing, busy=False)
        assert seen() == [(editor.id, doing)]
    with transaction() as session:
        leave(session, in_review.id, editor)
    assert seen() == []


@pytest.mark.parametrize("busy", [True, False])
def test_who_is_busy_keeps_the_claim(in_review: Submission, editor: Editor, *, busy: bool) -> None:
    with transaction() as session:
        claim(session, in_review.id, editor)
        session.execute(update(Submission).values(claimed_until=func.now()))
    with transaction() as session:
        report_presence(session, in_review.id, editor, doing="reading", busy=busy)
    with transaction() as session:
        counts = session.scalars(select(Submission.claimed_until > func.now())).one()
    assert counts is busy


def test_there_is_no_such_submission(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        report_presence(session, uuid.uuid4(), editor, doing="reading", busy=False)
