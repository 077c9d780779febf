"""Originals are kept for the promised days, and destroyed with their keys at once in every other case."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake import photos
from intake.crypto import new_key
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.jobs import ledger
from intake.models import Deletion, DeletionCount, Editor, Event, Job, OriginalShare, Photo, Submission
from intake.originals import holders, keeping
from intake.retention import holds
from intake.settings import Settings
from intake.storage import UPLOAD_SECONDS, FileDamaged, files
from intake.submissions import draft, draft_photos
from intake.submissions.removal import purge, withdraw
from intake.submissions.submit import PhotoDraft
from tests.cast import Contributor, RunJobs
from tests.originals.conftest import HolderWithKey, hold
from tests.originals.kept import (
    MARK,
    PICTURE,
    events,
    key_of,
    pass_days,
    photo_of,
    sealed,
    send,
    stored,
)
from tests.photos.made import jpeg_with_gps
from tests.photos.several import tiff
from tests.stored import everything
from workers.tasks import housekeeping, screening


def test_without_the_policy_nothing_is_kept(
    contributor: Contributor, run_jobs: RunJobs, chief: Editor, editor: Editor
) -> None:
    hold(chief)
    hold(editor)
    with transaction() as session:
        assert holders.offered_days(session) == 0
        assert holders.agreed_days(session, "30") is None
    send(contributor, run_jobs, days=None)
    assert (sealed(), stored(), stored("quarantine")) == ([], [], [])
    with transaction() as session:
        assert session.scalars(select(Event.data).where(Event.name == "photo.clean")).one() == {}


def test_the_original_is_sealed_for_the_days_that_the_contributor_allowed(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = send(contributor, run_jobs)
    (row,) = sealed()
    assert stored() == [row.file_name]
    assert stored("quarantine") == []
    with transaction() as session:
        until = keeping.today(session) + timedelta(days=30)
        told = keeping.for_contributor(session, session.get_one(Submission, ident))
        data = session.scalars(select(Event.data).where(Event.name == "photo.clean")).one()
    assert (row.until, told.until, told.opened) == (until, until, [])
    assert data == {"kept_until": f"{until.day} {until:%B %Y}"}


def test_refusing_keeps_nothing(contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey) -> None:
    send(contributor, run_jobs, days=None)
    assert (sealed(), stored(), stored("quarantine")) == ([], [], [])


def test_one_holder_is_not_enough(contributor: Contributor, run_jobs: RunJobs, first: HolderWithKey) -> None:
    with transaction() as session:
        assert holders.offered_days(session) == 0
    ident = send(contributor, run_jobs)
    assert (sealed(), stored()) == ([], [])
    assert photo_of(ident).original_until is None


def test_the_server_cannot_open_it(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    """The key of the submission, which the server has, does not open the file. No table has its content in clear."""
    ident = send(contributor, run_jobs)
    (name,) = stored()
    with pytest.raises(FileDamaged):
        files().read(name, key_of(ident))
    raw = b"".join(files().raw(name))
    assert MARK.encode() not in raw
    with transaction() as session:
        rows = session.scalars(select(OriginalShare)).all()
        secrets = [part for row in rows for part in (row.first_share, row.second_share)]
    assert len(secrets) == 2
    for secret in secrets:
        for key in (secret[:32], secret[32:64], secret[-48:-16]):
            with pytest.raises(FileDamaged):
                files().read(name, key)


def test_any_two_of_three_have_shares(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, other_editor: Editor
) -> None:
    hold(other_editor)
    send(contributor, run_jobs)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(OriginalShare)) == 3


def test_a_refused_photo_leaves_no_original(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = send(contributor, run_jobs, b"no photo at all")
    assert (sealed(), stored(), stored("quarantine")) == ([], [], [])
    assert photo_of(ident).original_until is None


def test_of_a_file_with_pages_the_whole_file_is_kept_once(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    send(contributor, run_jobs, tiff((64, 48), (48, 64)))
    assert len(sealed()) == len(stored()) == 1


def test_a_second_worker_with_the_same_job_leaves_the_original_of_the_first(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = send(contributor, run_jobs)
    before = stored()
    photo = photo_of(ident)
    with transaction() as session:
        other = keeping.prepare(photo, key_of(ident), holders.keys(session))
    assert other
    with transaction() as session:
        job = session.scalars(select(Job).where(Job.kind == "photo.clean")).one()
    screening._store(job, photo, photos.clean_photo(PICTURE), PICTURE, key_of(ident), other)
    assert stored() == before
    assert [row.file_name for row in sealed()] == before


def test_taken_back_while_a_worker_cleans(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If consent is withdrawn while a worker cleans the photo, the sealed file that it has just stored is deleted."""
    original = keeping.keep

    def late(session, photo, sealing):  # type: ignore[no-untyped-def]
        photo.original_until = None
        return original(session, photo, sealing)

    monkeypatch.setattr(keeping, "keep", late)
    send(contributor, run_jobs)
    assert (sealed(), stored()) == ([], [])


def test_it_ends_with_its_last_day(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, tonight: Callable[[], list[str]]
) -> None:
    send(contributor, run_jobs)
    pass_days(30)
    tonight()
    assert len(stored()) == 1
    pass_days(1)
    tonight()
    assert (sealed(), stored()) == ([], [])
    assert events() == ["original.expired"]
    with transaction() as session:
        counted = session.scalars(select(DeletionCount)).one()
        assert (counted.scope, counted.count, counted.section) == ("original", 1, "News")
        assert session.scalar(select(func.count()).select_from(Deletion)) == 1


def test_a_day_that_is_over_before_the_cleaning_keeps_nothing(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    contributor.send(replace(contributor.draft(PICTURE), original_days=1))
    pass_days(2)
    run_jobs()
    assert (sealed(), stored()) == ([], [])


def test_a_legal_hold_does_not_extend_it(
    contributor: Contributor, run_jobs: RunJobs, first: HolderWithKey, second: HolderWithKey, admin: Editor,
    tonight: Callable[[], list[str]],
) -> None:  # fmt: skip
    ident = send(contributor, run_jobs)
    with transaction() as session:
        until = holds.today(session) + timedelta(days=300)
        hold_id = holds.ask(session, ident, first.account, "A court wants it", until).id
    with transaction() as session:
        holds.confirm(session, hold_id, admin)
    pass_days(31)
    tonight()
    assert (sealed(), stored()) == ([], [])


@pytest.mark.parametrize("verdict", ["reject", "spam"])
def test_a_decision_against_it_destroys_it(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, verdict: str
) -> None:
    ident = send(contributor, run_jobs)
    with transaction() as session:
        version = session.get_one(Submission, ident).version
        code = "other" if verdict == "reject" else None
        decide(session, ident, second.account, version, DecisionInput(verdict, code, None))
    run_jobs()
    assert (sealed(), stored()) == ([], [])
    assert events() == ["original.destroyed"]


def test_an_accepted_submission_keeps_it(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = send(contributor, run_jobs)
    with transaction() as session:
        version = session.get_one(Submission, ident).version
        decide(session, ident, second.account, version, DecisionInput("accept", None, None))
    run_jobs()
    assert len(sealed()) == len(stored()) == 1


def test_a_withdrawal_destroys_it_at_once_even_under_a_hold(
    contributor: Contributor, run_jobs: RunJobs, first: HolderWithKey, second: HolderWithKey, admin: Editor
) -> None:
    ident = send(contributor, run_jobs)
    with transaction() as session:
        until = holds.today(session) + timedelta(days=30)
        hold_id = holds.ask(session, ident, first.account, "A court wants it", until).id
    with transaction() as session:
        holds.confirm(session, hold_id, admin)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert sealed() == []
    run_jobs()
    assert stored() == []
    with transaction() as session:
        assert session.get_one(Submission, ident).status == "withdrawn"


def test_a_purge_leaves_nothing(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, app_settings: Settings
) -> None:
    ident = send(contributor, run_jobs)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        purge(session, ident)
    found = everything(app_settings)
    assert {
        name for name in ("sealed_originals", "original_shares", "openings", "opening_shares") if found[name]
    } == set()
    assert stored() == []


def test_the_contributor_has_it_destroyed(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = send(contributor, run_jobs, PICTURE, jpeg_with_gps(48, 64, MARK))
    assert len(sealed()) == 2
    with transaction() as session:
        keeping.take_back(session, session.get_one(Submission, ident))
    assert sealed() == []
    run_jobs()
    assert stored() == []
    assert events() == ["original.taken_back"] * 2
    with transaction() as session:
        assert keeping.for_contributor(session, session.get_one(Submission, ident)).until is None


def test_taking_back_before_the_cleaning(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey
) -> None:
    ident = contributor.send(replace(contributor.draft(PICTURE), original_days=30))
    with transaction() as session:
        assert keeping.for_contributor(session, session.get_one(Submission, ident)).until is not None
        keeping.take_back(session, session.get_one(Submission, ident))
    run_jobs()
    assert (sealed(), stored()) == ([], [])


def test_a_holder_who_leaves_takes_the_shares_along(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, other_editor: Editor
) -> None:
    third = hold(other_editor)
    send(contributor, run_jobs)
    with transaction() as session:
        holders.set_named(session, session.get_one(Editor, third.account.id), None, is_named=False)
    assert len(sealed()) == 1
    with transaction() as session:
        holders.make_key(session, session.get_one(Editor, second.account.id))
    run_jobs()
    assert (sealed(), stored()) == ([], [])
    assert events() == ["original.lost"]


def test_the_sweep_deletes_files_without_a_row(
    contributor: Contributor, run_jobs: RunJobs, second: HolderWithKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(contributor, run_jobs)
    kept = stored()
    files().put(f"sealed/{uuid.uuid4()}/{uuid.uuid4()}.7", b"orphan", bytes(32))
    for age, left in ((UPLOAD_SECONDS, 2), (-(10**9), 1)):
        monkeypatch.setattr(housekeeping, "UPLOAD_SECONDS", age)
        with transaction() as session:
            ledger.schedule(session, "housekeeping.sweep", f"housekeeping.sweep@{age}")
        run_jobs()
        assert len(stored()) == left
    assert stored() == kept


def test_a_draft_keeps_the_originals_of_photos_that_are_added_after_it_was_allowed(
    run_jobs: RunJobs, second: HolderWithKey
) -> None:
    receipt, key = "0" * 16, new_key()
    with transaction() as session:
        begun = draft.begin(session, receipt, key)
    for number, days in enumerate((None, 30), start=1):
        photo = PhotoDraft(draft_photos.photo_id(key, str(number)))
        files().put(f"quarantine/{begun.id}/{photo.id}", PICTURE, key)
        with transaction() as session:
            current = draft.locked_draft(session, receipt)
            current.original_days = days
            draft_photos.add(session, current, photo)
        run_jobs()
    (row,) = sealed()
    assert row.photo_id == photo.id
    with transaction() as session:
        draft_photos.remove(session, draft.locked_draft(session, receipt), photo.id)
    assert sealed() == []
    run_jobs()
    assert stored() == []
    assert draft.delete_draft(begun.id)
    with transaction() as session:
        assert session.scalars(select(Photo)).all() == []
