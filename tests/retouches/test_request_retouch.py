import uuid

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.demo.hold import hold
from intake.errors import NotFound, RetouchPending
from intake.jobs.admin_actions import discard
from intake.jobs.job_filter import JobFilter
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, Job, Retouch, Submission
from intake.publishing.publish import download
from intake.queue.claims import claim
from intake.retouches import request
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.retouching import BOX, CROP, Desk, give_time, time_passes

PICTURE = jpeg_with_gps(64, 48, "CNRYretouch")


@pytest.fixture
def desk(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A cleaned photo, with an undo time of 30 seconds."""
    contributor.submit(PICTURE, b"no picture")
    run_jobs()
    give_time(monkeypatch)
    return Desk(contributor.submission_id, editor)


def version(desk: Desk) -> int:
    with transaction() as session:
        return session.get_one(Submission, desk.submission_id).version


def test_a_requested_retouch_is_pending_and_can_be_undone(desk: Desk, editor: Editor) -> None:
    before = version(desk)
    asked = desk.redact()
    with transaction() as session:
        row = session.get_one(Retouch, asked)
        assert (row.kind, row.state, row.editor_id) == ("redaction", "asked", editor.id)
        assert row.what["marks"][0]["shape"] == "box"
        assert 29 <= (row.due_at - row.asked_at).total_seconds() <= 31
        job = session.scalars(select(Job).where(Job.kind == "photo.retouch")).one()
        assert 29 <= (job.run_at - job.created_at).total_seconds() <= 31
        assert request.has_pending_retouches(session, desk.submission_id)
    desk.undo(asked)
    with transaction() as session:
        assert not request.has_pending_retouches(session, desk.submission_id)
        assert session.get_one(Retouch, asked).ended_at is not None
        names = list(session.scalars(select(Event.name).order_by(Event.id)))
    assert names[-2:] == ["photo.retouch_asked", "photo.retouch_undone"]
    assert version(desk) == before


def test_taken_back_once_is_taken_back(desk: Desk) -> None:
    asked = desk.redact()
    desk.undo(asked)
    with pytest.raises(IllegalMove, match="too late"):
        desk.undo(asked)


def test_a_request_renews_the_claim_of_its_editor(desk: Desk, editor: Editor) -> None:
    with transaction() as session:
        claim(session, desk.submission_id, editor).claimed_until = func.now()
    desk.crop()
    with transaction() as session:
        until = session.get_one(Submission, desk.submission_id).claimed_until
        assert until is not None
        assert until > session.scalars(select(func.now())).one()


def test_nobody_can_ask_of_what_is_not_there(desk: Desk, editor: Editor, contributor: Contributor) -> None:
    other = contributor.submit(PICTURE)
    photo, nobody = desk.photo.id, uuid.uuid4()
    with transaction() as session:
        refused = session.get_one(Submission, desk.submission_id).photos[1].id
    pairs = [(nobody, photo), (desk.submission_id, nobody), (other, photo), (desk.submission_id, refused)]
    for submission_id, photo_id in pairs:
        with pytest.raises(NotFound), transaction() as session:
            request.redact(session, submission_id, photo_id, editor, [BOX])
        with pytest.raises(NotFound), transaction() as session:
            request.crop(session, submission_id, photo_id, editor, CROP, None)
    asked = desk.redact()
    for submission_id, photo_id, number in [
        (nobody, photo, asked),
        (other, photo, asked),
        (desk.submission_id, photo, 999),
    ]:
        with pytest.raises(NotFound), transaction() as session:
            request.undo_retouch(session, submission_id, photo_id, number, editor)


def test_nothing_is_published_while_a_retouch_is_pending(desk: Desk, editor: Editor) -> None:
    with transaction() as session:
        session.get_one(Submission, desk.submission_id)
    accept(desk, editor)
    asked = desk.redact()
    with pytest.raises(RetouchPending), transaction() as session:
        download(session, desk.submission_id, editor)
    desk.undo(asked)
    with transaction() as session:
        assert download(session, desk.submission_id, editor)


def accept(desk: Desk, editor: Editor) -> None:
    from intake.decisions.decide import DecisionInput, decide
    from intake.decisions.settle import settle

    with transaction() as session:
        decision = decide(session, desk.submission_id, editor, version(desk), DecisionInput("accept"))
        submission = session.get_one(Submission, desk.submission_id)
        submission.settles_at = decision.settles_at = func.now()
        session.flush()
        settle(session, submission.id)


def test_a_withdrawal_cancels_pending_retouches(
    desk: Desk, contributor: Contributor, run_jobs: RunJobs
) -> None:
    desk.redact()
    with transaction() as session:
        hold(session, withdraw(session, contributor.receipt))
    assert desk.states() == ["undone"]
    with pytest.raises(IllegalMove, match="withdrawn or deleted"):
        desk.crop()
    time_passes()
    run_jobs()
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Job).where(Job.status == "dead")) == 0


def test_what_was_drawn_is_forgotten_with_the_rest(desk: Desk, contributor: Contributor) -> None:
    desk.redact()
    with transaction() as session:
        hold(session, withdraw(session, contributor.receipt))
        purge(session, desk.submission_id)
        assert session.scalar(select(func.count()).select_from(Retouch)) == 0


def test_a_discarded_retouch_leaves_the_photo_unchanged_and_the_desk_shows_it(
    desk: Desk, admin: Editor, run_jobs: RunJobs
) -> None:
    before = desk.copies()
    desk.redact()
    desk.crop()
    time_passes()
    with transaction() as session:
        first = session.scalars(
            select(Job.id).where(Job.kind == "photo.retouch").order_by(Job.id).limit(1)
        ).one()
        discard(session, JobFilter(ids=(first,)), "It ends its workers", admin)
    assert desk.states() == ["failed", "asked"]
    assert desk.copies() == before
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.name == "photo.retouch_failed")).one()
        assert (event.editor_id, event.data) == (
            admin.id,
            {"kind": "redaction", "reason": "could_not_be_processed"},
        )
    run_jobs()
    assert desk.states() == ["failed", "applied"]
