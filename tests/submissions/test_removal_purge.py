"""After a purge, no word of the contributor is left in any column of any table, or in any file."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound
from intake.jobs import coarsening, ledger
from intake.lifecycle import IllegalMove
from intake.models import (
    Decision,
    Deletion,
    Editor,
    Event,
    Job,
    Notification,
    Revision,
    Submission,
    contribution_time,
)
from intake.models.lookup import by_receipt
from intake.notifications.notify import notify
from intake.queue.claims import claim
from intake.review.revise import Edit, revise
from intake.settings import Settings
from intake.submissions.receipt_page import GONE_SHOWN
from intake.submissions.removal import destroy_keys, forget_ended, purge, unfinished, withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.statements import statements
from tests.stored import everything, paths

WORD = "CNRYpurge"


def stored(app_settings: Settings) -> list[Path]:
    return [path for path in app_settings.files_dir.rglob("*") if path.is_file()]


def test_nothing_is_left(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, app_settings: Settings
) -> None:
    """The words are planted in every field of contributor and editor, and in the photo's metadata."""
    fields = {name: f"{WORD} {name}" for name in ("title", "body", "print_name", "contact")}
    contributor.submit(jpeg_with_gps(64, 48, WORD), b"no picture", **fields)
    run_jobs()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        for photo in found.photos:
            photo.caption = photo.credit = WORD
        edit = Edit(f"{WORD} edit", f"<p>{WORD}</p>", 1, f"{WORD} note")
        revise(session, found.id, editor, found.version, edit)
        decide(session, found.id, editor, found.version, DecisionInput("accept", None, f"{WORD} reason"))
        assert all(WORD in (words or "") for words in (found.revisions[-1].title, found.photos[0].caption))
    # Words are sealed (encrypted) when they are stored, so the plain text is in no column even before the purge.
    assert [name for name, rows in everything(app_settings).items() if WORD in rows] == []
    assert len(stored(app_settings)) == 3

    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert run_jobs() == ["decision.settle", "submission.purge"]

    assert {table: rows for table, rows in everything(app_settings).items() if WORD in rows} == {}
    assert stored(app_settings) == []
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.keys, found.contact, found.photos) == ("purged", [], None, [])
        assert list(session.scalars(select(Revision.sealed).order_by(Revision.number))) == [b"", None, None]


def test_what_was_done_stays_in_the_events(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        assert list(session.scalars(select(Event.name).order_by(Event.id))) == [
            "submission.received",
            "text.clean",
            "submission.in_review",
            "submission.withdrawn",
            "submission.purged",
        ]


def test_a_purge_may_be_repeated(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    for _ in range(2):
        with transaction() as session:
            purge(session, contributor.submission_id)
    with transaction() as session:
        events = list(session.scalars(select(Event.name)))
    assert events.count("submission.purged") == 1


def test_a_rejection_can_be_purged_though_it_must_have_a_reason(
    in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        decide(
            session,
            in_review.id,
            editor,
            in_review.version,
            DecisionInput("reject", "other", f"{WORD} reason"),
        )
    with transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        decision = session.get_one(Submission, in_review.id).decision
        assert decision is not None
        assert WORD not in (decision.message or "")


def test_what_is_under_review_is_not_purged(in_review: Submission) -> None:
    with pytest.raises(IllegalMove), transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).revisions[1].title == "Over the river"


def test_a_submission_that_is_not_there(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        purge(session, uuid.uuid4())


def test_files_of_others_stay(contributor: Contributor, run_jobs: RunJobs) -> None:
    picture = jpeg_with_gps(64, 48, WORD)
    contributor.submit(picture)
    kept = contributor.submission_id
    contributor.submit(picture)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    assert {path.parent.name for path in paths("clean")} == {str(kept)}
    assert paths("quarantine") == []


def test_the_wrapped_keys_go_first(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with statements() as sent, transaction() as session:
        purge(session, contributor.submission_id)
    written = [one for one in sent if not one.startswith("SELECT")]
    assert written[0].startswith("DELETE FROM submission_keys")
    assert any(one.startswith("UPDATE submissions") for one in written)


def test_a_number_the_day_and_the_outcome_stay(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("reject", "other", WORD))
    with transaction() as session:
        exact = list(session.scalars(select(Event).where(Event.submission_id == in_review.id)))
        assert any(one.data for one in exact)
        assert not all(contribution_time.is_coarse_moment(one.at) for one in exact)
    with transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        events = list(session.scalars(select(Event).where(Event.submission_id == in_review.id)))
        assert {one.name for one in events} >= {
            "submission.received",
            "submission.rejected",
            "submission.purged",
        }
        decisions = list(session.scalars(select(Decision)))
        assert [(one.verdict, one.settles_at) for one in decisions] == [("reject", None)]
        found = session.get_one(Submission, in_review.id)
        times = [one.at for one in events] + [one.decided_at for one in decisions]
        times += [found.received_at, found.waiting_since] + [one.created_at for one in found.revisions]
        assert [at for at in times if not contribution_time.is_coarse_moment(at)] == []
        assert {(one.photo_id, *one.data) for one in events} == {(None,)}
        assert (found.screened_at, found.claimed_until, found.consent_text) == (None, None, "")


def test_the_keys_are_gone_before_anything_else_is_touched(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, WORD))
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        destroy_keys(session, contributor.submission_id)
    # If the process is killed here, the words can no longer be decrypted, and the next run completes the purge.
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.keys) == ("withdrawn", [])
        assert found.photos
    run_jobs()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.photos) == ("purged", [])


def test_keys_of_what_must_not_be_purged_stay(in_review: Submission) -> None:
    with pytest.raises(IllegalMove), transaction() as session:
        destroy_keys(session, in_review.id)
    with transaction() as session:
        assert len(session.get_one(Submission, in_review.id).keys) == 2


@pytest.mark.parametrize("step", ["key", "rows", "nothing"])
def test_a_purge_whose_job_died_is_finished_by_the_sweep(
    contributor: Contributor, run_jobs: RunJobs, app_settings: Settings, step: str
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, WORD))
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
        job = session.scalars(select(Job).where(Job.kind == "submission.purge")).one()
        assert unfinished(session) == []  # the job will do it
        job.status, job.error, job.finished_at = "dead", "killed", job.created_at
    for done in {"key": [destroy_keys], "rows": [destroy_keys, purge], "nothing": []}[step]:
        with transaction() as session:
            done(session, contributor.submission_id)
    with transaction() as session:
        assert unfinished(session) == [contributor.submission_id]
        ledger.run_now(session, ["housekeeping.sweep"])
    assert "housekeeping.sweep" in run_jobs()
    assert stored(app_settings) == []
    with transaction() as session:
        assert unfinished(session) == []
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.keys, found.photos) == ("purged", [], [])
        assert list(session.scalars(select(Job).where(Job.submission_id == found.id))) == []


def test_jobs_of_a_purged_submission_go_and_the_job_that_purged_it_goes_later(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, WORD))
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    here = select(Job.kind).where(Job.submission_id == contributor.submission_id)
    with transaction() as session:
        assert list(session.scalars(here)) == ["submission.purge"]
        forget_ended(session, GONE_SHOWN)
        assert list(session.scalars(here)) == ["submission.purge"]
        coarsening.coarsen_ended(session, after=timedelta())
    with transaction() as session:
        forget_ended(session, GONE_SHOWN)
        assert list(session.scalars(here)) == []


def test_a_receipt_is_forgotten_when_its_page_is(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        forget_ended(session, GONE_SHOWN)
        assert by_receipt(session, contributor.receipt) is not None
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        found.waiting_since -= 3 * timedelta(days=1)
    with transaction() as session:
        forget_ended(session, GONE_SHOWN)
    with transaction() as session:
        assert by_receipt(session, contributor.receipt) is None
        assert session.get_one(Submission, contributor.submission_id).receipt_hash is None


def test_a_purge_and_the_deletion_of_a_draft_ask_for_a_scrub(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        session.execute(delete(Deletion))
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        assert list(session.scalars(select(Deletion.id)))


def test_an_editor_is_still_told_of_the_withdrawal(
    in_review: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        claim(session, in_review.id, editor)
        notify(session, editor.id, session.get_one(Submission, in_review.id), "mentioned")
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, in_review.id)
    with transaction() as session:
        assert list(session.scalars(select(Notification.kind))) == ["withdrawn"]
