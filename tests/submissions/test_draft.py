import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from intake import consent
from intake.crypto import new_key
from intake.db import Base, transaction
from intake.errors import NotFound, StaleDraft
from intake.models import Event, Job, Revision, Submission, contribution_time
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.storage import files
from intake.submissions import draft
from intake.submissions.draft import DraftWords
from tests.cast import Contributor, RunJobs
from tests.photos import made
from tests.submissions.drafts import TEXT, WORDS, begun, with_photo

AGREED = consent.default("The Lantern")

PICTURE = made.encoded(made.scene(), "JPEG")
pytestmark = pytest.mark.usefixtures("app_settings")


def test_what_was_saved_comes_back_by_the_receipt() -> None:
    receipt = begun()
    photo = with_photo(receipt, "one")
    with transaction() as session:
        draft.save(session, receipt, WORDS, {photo: {"caption": "The river", "credit": "N."}}, 2)
    with transaction() as session:
        found = draft.locked_draft(session, receipt)
        assert draft.words(session, found) == WORDS
        assert draft.captions(session, found) == {photo: {"caption": "The river", "credit": "N."}}


def test_beginning_twice_makes_one_draft() -> None:
    receipt = begun()
    with transaction() as session:
        draft.begin(session, receipt, new_key())
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1
        assert draft.words(session, draft.locked_draft(session, receipt)) == WORDS


def test_nothing_of_a_draft_is_in_the_database_in_clear() -> None:
    begun()
    with transaction() as session:
        session.flush()
        for table in Base.metadata.sorted_tables:
            for row in session.execute(text(f'select t::text from "{table.name}" t')).scalars():
                assert "river" not in row
                assert "ice broke" not in row
                assert "signal" not in row


def test_words_from_an_older_page_do_not_replace_newer_ones() -> None:
    receipt = begun()
    newer, older = DraftWords(title="Newer"), DraftWords(title="Older")
    with transaction() as session:
        assert draft.save(session, receipt, newer, {}, 2).version == 3
    with transaction() as session, pytest.raises(StaleDraft):
        draft.save(session, receipt, older, {}, 2)
    with transaction() as session:
        found = draft.save(session, receipt, newer, {}, 1)
        assert (draft.words(session, found), found.version) == (newer, 3)


def test_a_page_may_save_again_what_it_alone_has_changed() -> None:
    """A page that saves again after a lost response, or out of order, has an old version number, but no conflict."""
    receipt = begun()
    for title in ("One", "Two"):
        with transaction() as session:
            draft.save(session, receipt, DraftWords(title=title), {}, 2, "page a")
    with transaction() as session, pytest.raises(StaleDraft):
        draft.save(session, receipt, DraftWords(title="Three"), {}, 2, "page b")


def test_a_reloaded_page_changes_nothing() -> None:
    receipt = begun()
    for version, (title, page) in enumerate([("One", "a"), ("Two", "b"), ("Three", "c")], start=2):
        with transaction() as session:
            draft.save(session, receipt, DraftWords(title=title), {}, version, page)
    for title, page in (("One", "a"), ("Two", "b")):
        with transaction() as session:
            found = draft.save(session, receipt, DraftWords(title=title), {}, 2, page)
            assert (draft.words(session, found).title, found.version) == ("Three", 5)


def test_captions_of_photos_that_are_not_there_are_dropped() -> None:
    receipt = begun()
    with transaction() as session:
        draft.save(session, receipt, WORDS, {"no photo": {"caption": "x", "credit": ""}}, 2)
    with transaction() as session:
        assert draft.captions(session, draft.locked_draft(session, receipt)) == {}


def test_a_sent_draft_is_screened_as_any_submission(run_jobs: RunJobs) -> None:
    receipt = begun()
    first, second = with_photo(receipt, "1", PICTURE), with_photo(receipt, "2", PICTURE)
    captions = {second: {"caption": "The river", "credit": "N."}}
    with transaction() as session:
        draft.save(session, receipt, WORDS, captions, 2)
    assert run_jobs() == ["photo.clean", "photo.clean"]
    with transaction() as session:
        sent = draft.send(session, receipt, TEXT, AGREED)
        raw = json.loads(sent.unseal(session.scalars(select(Revision.sealed)).one() or b"", "revision 0"))
    assert set(raw) == {"title", "body", "format", "language", "print_name", "photos", "document"}
    assert set(raw["photos"]) == {first, second}
    assert run_jobs() == ["text.screen"]
    with transaction() as session:
        found = by_receipt(session, receipt)
        assert found is not None
        assert (found.status, found.photo_count, found.language, found.section) == (
            "in_review",
            2,
            "en",
            "News",
        )
        assert [(photo.status, photo.caption) for photo in found.photos] == [
            ("clean", None),
            ("clean", "The river"),
        ]
        assert found.contact is not None
        assert found.unseal(found.contact, "contact") == "signal: 700"


def test_a_draft_can_be_sent_before_its_photos_are_clean(run_jobs: RunJobs) -> None:
    receipt = begun()
    with_photo(receipt, "1", PICTURE)
    with transaction() as session:
        draft.send(session, receipt, TEXT, AGREED)
    run_jobs()
    with transaction() as session:
        found = by_receipt(session, receipt)
        assert found is not None
        assert (found.status, found.photo_count) == ("in_review", 1)


def test_sending_twice_is_noticed() -> None:
    receipt = begun()
    with transaction() as session:
        draft.send(session, receipt, TEXT, AGREED)
    for again in (draft.locked_draft, lambda session, code: draft.send(session, code, TEXT, AGREED)):
        with transaction() as session, pytest.raises(NotFound):
            again(session, receipt)


def grow_old(days: int) -> None:
    with transaction() as session:
        session.execute(update(Submission).values(waiting_since=func.now() - timedelta(days=days)))


def test_only_drafts_that_nobody_changed_expire() -> None:
    old, sent = begun(), begun()
    with transaction() as session:
        draft.send(session, sent, TEXT, AGREED)
    grow_old(8)
    new = begun()
    with transaction() as session:
        expired = draft.expired(session, timedelta(days=7))
        assert expired == [draft.opened(session, old).id]
        assert draft.opened(session, new).id not in expired


def test_a_deleted_draft_leaves_no_row_and_no_file(run_jobs: RunJobs, app_settings: Settings) -> None:
    receipt = begun()
    with_photo(receipt, "1", PICTURE)
    with_photo(receipt, "2", PICTURE)
    run_jobs()
    with_photo(receipt, "3", PICTURE)
    with transaction() as session:
        ident = draft.locked_draft(session, receipt).id
    assert draft.delete_draft(ident)
    with transaction() as session:
        for table in (Submission, Revision, Event, Job):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert [*files().listing("quarantine"), *files().listing("clean")] == []
    assert not draft.delete_draft(ident)


def test_a_sent_draft_is_not_deleted() -> None:
    receipt = begun()
    with transaction() as session:
        ident = draft.send(session, receipt, TEXT, AGREED).id
    assert not draft.delete_draft(ident)
    with transaction() as session:
        assert by_receipt(session, receipt) is not None


def test_a_draft_arrives_when_it_is_sent(contributor: Contributor) -> None:
    receipt = begun()
    earlier = contributor.submit()
    with transaction() as session:
        draft.locked_draft(session, receipt).arrive()
    with transaction() as session:
        found = by_receipt(session, receipt)
        assert found is not None
        assert found.arrival > session.get_one(Submission, earlier).arrival
        assert contribution_time.is_coarse_moment(found.received_at)
        assert contribution_time.is_coarse_moment(found.waiting_since)
