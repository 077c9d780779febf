import uuid

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Presence, Submission
from intake.queue.claims import claim
from intake.queue.presence import HIDDEN_AFTER, Report, leave, report_presence, text_keeper


def seen() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(one.editor_id, one.doing) for one in session.scalars(select(Presence))]


def test_somebody_comes_edits_and_goes(in_review: Submission, editor: Editor) -> None:
    for doing in ("reading", "editing"):
        with transaction() as session:
            report_presence(session, in_review.id, editor, Report(doing))
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
        report_presence(session, in_review.id, editor, Report("reading", busy))
    with transaction() as session:
        counts = session.scalars(select(Submission.claimed_until > func.now())).one()
    assert counts is busy


def test_there_is_no_such_submission(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        report_presence(session, uuid.uuid4(), editor, Report("reading"))


def keeper(submission: Submission) -> str | None:
    with transaction() as session:
        found = text_keeper(session, submission.id)
        return found.name if found else None


def report(submission: Submission, editor: Editor, told: Report) -> None:
    with transaction() as session:
        report_presence(session, submission.id, editor, told)


def test_of_two_pages_of_an_editor_the_one_with_the_text_is_shown(
    in_review: Submission, editor: Editor
) -> None:
    report(in_review, editor, Report("editing", page=1))
    report(in_review, editor, Report("reading", page=2))
    assert seen() == [(editor.id, "editing")]
    with transaction() as session:
        leave(session, in_review.id, editor, 2)
    assert seen() == [(editor.id, "editing")]
    with transaction() as session:
        leave(session, in_review.id, editor, 1)
    assert seen() == []
    report(in_review, editor, Report("reading", page=2))
    assert seen() == [(editor.id, "reading")]


def test_a_page_that_is_silent_does_not_hide_another(in_review: Submission, editor: Editor) -> None:
    report(in_review, editor, Report("editing", page=1, busy=True, keep="start"))
    with transaction() as session:
        session.execute(update(Presence).values(seen_at=func.now() - HIDDEN_AFTER))
    report(in_review, editor, Report("reading", page=2))
    assert seen() == [(editor.id, "reading")]
    assert keeper(in_review) is None


def test_the_first_who_asks_keeps_the_text(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    report(in_review, editor, Report("editing", page=1, keep="start"))
    report(in_review, other_editor, Report("editing", page=2, keep="start"))
    assert keeper(in_review) == editor.name
    report(in_review, editor, Report("editing", page=1, keep="on"))
    report(in_review, other_editor, Report("editing", page=2, keep="on"))
    assert keeper(in_review) == editor.name
    report(in_review, editor, Report("editing", page=1))
    assert keeper(in_review) is None
