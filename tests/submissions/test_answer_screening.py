import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound
from intake.models import Answer, Editor, Event, Message, Notification, Revision, Submission
from intake.queue.claims import claim
from intake.settings import Settings
from intake.submissions.answer import AnswerDraft, answer
from intake.submissions.answer_screening import CleanAnswer, answer_cleaned, raw_answer
from intake.submissions.removal import purge, withdraw
from intake.text.html import placements
from tests.cast import Contributor, RunJobs, cleaned


@pytest.fixture
def answered(contributor: Contributor, in_review: Submission, editor: Editor) -> int:
    """Id of a contributor's answer to requested changes, which waits for cleaning."""
    with transaction() as session:
        decide(
            session, in_review.id, editor, in_review.version, DecisionInput("request_changes", None, "When?")
        )
    with transaction() as session:
        draft = AnswerDraft(bytes(32), message="In <May>.", title="New \u200btitle", body="New text.")
        return answer(session, contributor.receipt, draft).id


def clean(contributor: Contributor, answer_id: int, **changes: object) -> None:
    given = CleanAnswer(cleaned(**{"title": "", "html": "", **changes}), "In May.")
    with transaction() as session:
        answer_cleaned(session, contributor.submission_id, answer_id, given)


def test_the_worker_makes_it_the_next_revision(
    contributor: Contributor, answered: int, editor: Editor, run_jobs: RunJobs
) -> None:
    assert "text.screen" in run_jobs()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        one, two = found.revisions[1:]
        assert found.status == "in_review"
        assert (two.title, two.html, two.editor_id) == ("New title", "<p>New text.</p>", None)
        assert two.details == one.details
        assert two.report["removed"] == {"zero-width": 1}
        assert session.get_one(Answer, answered).revision_id == two.id
        assert [m.body for m in found.messages] == ["When?", "In <May>."]
        text = session.scalars(select(Notification)).one()
        assert (text.editor_id, text.kind) == (editor.id, "answered")
        assert raw_answer(session, found.id) is None


def test_photos_that_an_editor_placed_stay_in_a_changed_text(contributor: Contributor, answered: int) -> None:
    mark = placements.mark(uuid.UUID(int=1))
    with transaction() as session:
        last = session.get_one(Submission, contributor.submission_id).revisions[-1]
        last.html = f"<p>They came at night.</p>{mark}<p>Nobody slept.</p>"
    clean(contributor, answered, html="<p>They came late at night.</p><p>Nobody slept.</p>")
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id).revisions[-1]
        assert found.html == f"<p>They came late at night.</p>{mark}<p>Nobody slept.</p>"


def test_a_message_alone_makes_no_revision(contributor: Contributor, answered: int) -> None:
    clean(contributor, answered)
    with transaction() as session:
        assert len(session.scalars(select(Revision)).all()) == 2
        assert session.get_one(Answer, answered).revision_id is None
        assert session.get_one(Submission, contributor.submission_id).status == "in_review"


def test_cleaned_twice_is_cleaned_once(contributor: Contributor, answered: int) -> None:
    for _ in range(2):
        clean(contributor, answered, title="New title")
    with transaction() as session:
        assert len(session.scalars(select(Revision)).all()) == 3
        assert len(session.scalars(select(Message)).all()) == 2


def test_the_claiming_editor_is_notified_before_the_one_who_asked(
    contributor: Contributor, answered: int, other_editor: Editor
) -> None:
    with transaction() as session:
        claim(session, contributor.submission_id, other_editor)
    clean(contributor, answered)
    with transaction() as session:
        assert [n.editor_id for n in session.scalars(select(Notification))] == [other_editor.id]


def test_what_was_withdrawn_meanwhile_is_not_cleaned_and_nothing_of_it_is_left(
    contributor: Contributor, answered: int
) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
        assert raw_answer(session, contributor.submission_id) is None
    clean(contributor, answered, title="New title")
    with transaction() as session:
        purge(session, contributor.submission_id)
    with transaction() as session:
        assert session.get(Answer, answered) is None
        assert list(session.scalars(select(Message))) == []
        assert session.scalars(select(Event.name).order_by(Event.id.desc())).first() == "submission.purged"


def test_a_submission_that_is_not_there(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        raw_answer(session, uuid.uuid4())
