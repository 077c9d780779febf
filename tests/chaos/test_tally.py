"""The final check finds every kind of damage."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.models import Event, Job, Photo, Revision, Submission, record
from intake.models.photo import SIZES
from intake.storage import files
from tests.cast import Contributor, RunJobs
from tests.chaos.fire import tally
from tests.chaos.fire.inquest import explains
from tests.chaos.fire.parcel import Parcel, harmless, hostile
from tests.chaos.fire.settling import sweep_cut_off
from tests.tampering import tampering

QUIET = "lost 0 doubled 0 stuck 0"


@pytest.fixture
def parcel(contributor: Contributor, run_jobs: RunJobs) -> Parcel:
    """Submission with a good and a hostile photo, in review. Its tally has no findings."""
    sent = Parcel(1, "k" * 32, (harmless()[0], hostile()[2]), (True, False), html=True)
    deliver(contributor, sent)
    run_jobs()
    assert verdict(sent) == QUIET
    return sent


def deliver(contributor: Contributor, sent: Parcel) -> None:
    """Send the submission by the web form, and store its receipt in `sent`."""
    words = {name: sent.fields[name] for name in ("title", "body", "format")}
    contributor.submit(*sent.photos, **words)
    sent.receipt = contributor.receipt


def verdict(*sent: Parcel) -> str:
    return tally.take(sent).verdict


def change(how: Callable[[Session], object]) -> None:
    with tampering() as session:
        how(session)


def photo(session: Session, status: str) -> Photo:
    return session.scalars(select(Photo).where(Photo.status == status)).one()


def event(session: Session, name: str) -> Event:
    return session.scalars(select(Event).where(Event.name == name)).one()


def test_what_has_a_receipt_and_is_not_there_is_lost(parcel: Parcel) -> None:
    another = replace(parcel, number=2)
    assert verdict(parcel, another) == "lost 1 doubled 0 stuck 0"
    another.receipt = None
    assert verdict(parcel, another) == QUIET


def test_what_was_turned_away_is_lost(parcel: Parcel) -> None:
    assert (
        verdict(parcel, replace(parcel, number=2, receipt=None, turned_away=422))
        == "lost 1 doubled 0 stuck 0"
    )


def test_another_receipt_than_was_given_is_lost(parcel: Parcel) -> None:
    assert verdict(replace(parcel, receipt="0" * 16)) == "lost 1 doubled 0 stuck 0"


def test_a_second_submission_of_the_same_is_doubled(
    parcel: Parcel, contributor: Contributor, run_jobs: RunJobs
) -> None:
    again = replace(parcel)
    deliver(contributor, again)
    run_jobs()
    found = tally.take([parcel])
    assert [finding.kind for finding in found.findings] == ["doubled", "lost"]


def test_a_submission_that_nobody_sent_is_noticed(parcel: Parcel) -> None:
    assert verdict() == "lost 0 doubled 0 stuck 1"


@pytest.mark.parametrize(
    "name", ["submission.received", "text.clean", "submission.in_review", "photo.clean", "photo.refused"]
)
def test_an_event_that_stands_twice_is_doubled(parcel: Parcel, name: str) -> None:
    def again(session: Session) -> None:
        first = event(session, name)
        twice = Event(name=name, submission_id=first.submission_id, photo_id=first.photo_id, data=first.data)
        session.add(twice)

    change(again)
    assert " doubled 1 " in verdict(parcel)


@pytest.mark.parametrize("name", ["text.clean", "photo.clean", "photo.refused", "submission.in_review"])
def test_an_event_that_is_missing_is_noticed(parcel: Parcel, name: str) -> None:
    change(lambda session: session.delete(event(session, name)))
    assert verdict(parcel) != QUIET


def test_a_second_cleaned_text_is_doubled(parcel: Parcel, contributor: Contributor) -> None:
    second = Revision(submission_id=contributor.submission_id, number=2, title="", html=parcel.mark)
    change(lambda session: session.add(second))
    assert verdict(parcel) == "lost 0 doubled 1 stuck 0"


def test_words_that_are_gone_are_lost(parcel: Parcel) -> None:
    change(
        lambda session: setattr(
            session.scalars(select(Revision).where(Revision.number == 1)).one(), "html", "<p></p>"
        )
    )
    assert verdict(parcel) == "lost 1 doubled 0 stuck 0"


@pytest.mark.parametrize("status", ["pending", "dead"])
def test_a_job_that_has_not_ended_well_is_stuck(parcel: Parcel, status: str) -> None:
    one = select(Job.id).where(Job.kind == "text.screen").scalar_subquery()
    change(lambda session: session.execute(update(Job).where(Job.id == one).values(status=status, error="E")))
    assert verdict(parcel) == "lost 0 doubled 0 stuck 1"


def test_a_submission_that_never_came_to_the_desk_is_stuck(contributor: Contributor) -> None:
    sent = Parcel(1, "k" * 32, (), ())
    deliver(contributor, sent)
    found = tally.take([sent])
    whats = [finding.what for finding in found.findings]
    assert "Number 1 is received" in whats
    assert {finding.kind for finding in found.findings} == {"stuck"}


@pytest.mark.parametrize("good", [(True, True), (False, False), (True,)])
def test_photos_that_are_not_what_was_sent_are_lost(parcel: Parcel, good: tuple[bool, ...]) -> None:
    assert verdict(replace(parcel, good=good)) == "lost 1 doubled 0 stuck 0"


@pytest.mark.parametrize("size", SIZES)
def test_a_copy_that_cannot_be_read_is_lost(parcel: Parcel, size: str) -> None:
    with transaction() as session:
        files().delete(photo(session, "clean").clean_name(size))
    assert verdict(parcel) == "lost 1 doubled 0 stuck 0"


@pytest.mark.parametrize("status", ["clean", "refused"])
def test_an_original_that_was_not_destroyed_is_stuck_and_no_sweep_hides_it(
    parcel: Parcel, status: str
) -> None:
    with transaction() as session:
        found = photo(session, status)
        files().put(found.quarantine_name, b"original", found.submission.key)
    sweep_cut_off()
    assert verdict(parcel) == "lost 0 doubled 0 stuck 1"


def test_files_of_an_upload_that_was_cut_off_are_swept_away(parcel: Parcel, contributor: Contributor) -> None:
    contributor.draft(b"a photo of which nobody has a receipt")
    assert verdict(parcel) == "lost 0 doubled 0 stuck 1"
    assert sweep_cut_off() == 1
    assert verdict(parcel) == QUIET


def test_a_status_without_an_event_is_not_explained(parcel: Parcel, contributor: Contributor) -> None:
    def untold(session: Session) -> None:
        session.execute(update(Submission).values(status="withdrawn"))

    change(untold)
    assert verdict(parcel) == "lost 0 doubled 0 stuck 2"


def test_a_move_that_the_lifecycle_forbids_is_not_explained(parcel: Parcel, contributor: Contributor) -> None:
    def forbidden(session: Session) -> None:
        session.execute(delete(Event).where(Event.name == "submission.in_review"))
        found = session.get_one(Submission, contributor.submission_id)
        record(session, "submission.published", found)
        record(session, "submission.in_review", found)

    change(forbidden)
    assert verdict(parcel) == "lost 0 doubled 0 stuck 1"


def test_what_explains_a_status() -> None:
    assert explains(["received", "in_review", "held", "in_review"], "in_review")
    assert not explains(["in_review"], "in_review")
    assert not explains(["received", "in_review"], "received")
    assert not explains(["received", "received", "in_review"], "in_review")
    assert not explains([], "received")
