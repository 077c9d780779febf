import uuid
from typing import Any

import pytest
from sqlalchemy import select

from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import AlreadySubmitted, EmptyAnswer, NotFound
from intake.lifecycle import IllegalMove
from intake.models import Answer, Editor, Event, Photo, Retouch, Submission
from intake.retouches.request import has_pending_retouches
from intake.settings import Settings
from intake.submissions.answer import AnswerDraft, answer, sealing_name
from intake.submissions.submit import PhotoDraft
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.stored import paths
from tests.together import second_waits

TOKEN = bytes(32)


def ask(submission_id: uuid.UUID, editor: Editor) -> None:
    with transaction() as session:
        version = session.get_one(Submission, submission_id).version
        decide(session, submission_id, editor, version, DecisionInput("request_changes", None, "When?"))


def send(contributor: Contributor, **fields: Any) -> None:
    with transaction() as session:
        answer(session, contributor.receipt, AnswerDraft(**{"token_hash": TOKEN, **fields}))


@pytest.fixture
def asked(contributor: Contributor, in_review: Submission, editor: Editor) -> Submission:
    ask(in_review.id, editor)
    return in_review


def test_an_answer_is_sealed_and_brings_the_submission_back(
    contributor: Contributor, asked: Submission
) -> None:
    photo = PhotoDraft(uuid.uuid4(), "A window", "")
    send(contributor, message="In May.", body="Another text.", photos=[photo])
    with transaction() as session:
        kept = session.scalars(select(Answer)).one()
        found = session.get_one(Submission, asked.id)
        assert found.status == "received"
        words = found.unseal(kept.sealed, sealing_name(kept))
        assert "Another text." in words
        assert "In May." in words
        assert b"May" not in kept.sealed
        (new,) = found.photos
        assert (new.position, new.status, new.original_key) == (1, "received", new.quarantine_name)
        names = list(session.scalars(select(Event.name).order_by(Event.id.desc()).limit(3)))
    assert names == ["submission.received", "photo.received", "answer.received"]


@pytest.mark.parametrize(
    "fields",
    [{}, {"message": " \n"}, {"title": "Over the river"}, {"body": "The ice broke at noon.\r\n"}, {"left_out": frozenset()},
     {"photos": [PhotoDraft(uuid.uuid4(), reason="empty")]}],
)  # fmt: skip
def test_an_answer_says_something(
    contributor: Contributor, asked: Submission, fields: dict[str, Any]
) -> None:
    with pytest.raises(EmptyAnswer):
        send(contributor, **fields)


def test_the_same_token_twice(contributor: Contributor, asked: Submission) -> None:
    send(contributor, message="In May.")
    with pytest.raises(AlreadySubmitted):
        send(contributor, message="In May.")


def test_two_clicks_at_the_same_time_are_one_answer(contributor: Contributor, asked: Submission) -> None:
    draft = AnswerDraft(TOKEN, message="In May.")
    with pytest.raises(AlreadySubmitted):
        second_waits(
            lambda session: answer(session, contributor.receipt, draft),
            lambda: send(contributor, message="In May."),
        )
    with transaction() as session:
        assert len(session.scalars(select(Answer)).all()) == 1


def test_nobody_answers_what_was_not_asked(contributor: Contributor, in_review: Submission) -> None:
    with pytest.raises(IllegalMove):
        send(contributor, message="In May.")


def test_another_receipt(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        answer(session, receipts.derive("another"), AnswerDraft(TOKEN, message="x"))


def test_a_photo_left_out_is_gone_with_its_files_and_what_was_asked_of_it(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    """A pending redaction of a removed photo would never end, and the submission could never be published."""
    contributor.submit(jpeg_with_gps(64, 48, "CNRYone"), jpeg_with_gps(64, 48, "CNRYtwo"))
    run_jobs()
    with transaction() as session:
        one, _ = session.get_one(Submission, contributor.submission_id).photos
        session.add(
            Retouch(
                submission_id=one.submission_id, photo_id=one.id, editor_id=editor.id, kind="redaction", what={},
                due_at=one.submission.received_at,
            )
        )  # fmt: skip
    ask(contributor.submission_id, editor)
    send(contributor, left_out=frozenset({1, 7}))
    with transaction() as session:
        assert not has_pending_retouches(session, contributor.submission_id)
        assert session.get_one(Photo, one.id).caption is None
    assert {"photo.delete", "text.screen"} <= set(run_jobs())
    assert {path.name.partition(".")[0] for path in paths("clean")} != {str(one.id)}
    assert len(paths("clean")) == 3
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.photo_count) == ("in_review", 1)
        assert [photo["caption"] for photo in found.revisions[-1].details["photos"]] == ["Caption 2"]
