import json
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake import receipts
from intake.db import transaction
from intake.errors import AlreadySubmitted
from intake.models import Event, Job, Photo, Revision, Submission
from intake.storage import files
from intake.submissions.submit import PhotoDraft, submit
from tests.cast import Contributor
from tests.together import at_once, second_waits


def test_a_draft_becomes_a_submission_with_its_events_and_jobs(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two", title="Ice", section="Opinion", language="kk")
    with transaction() as session:
        (found,) = session.scalars(select(Submission))
        assert (found.status, found.version) == ("received", 1)
        assert (found.section, found.language, found.consent_version) == ("Opinion", "kk", "2026-11")
        assert [(photo.position, photo.status) for photo in found.photos] == [
            (1, "received"),
            (2, "received"),
        ]
        assert [event.name for event in found.events] == [
            "submission.received",
            "photo.received",
            "photo.received",
        ]
        assert sorted(session.scalars(select(Job.kind))) == ["photo.clean", "photo.clean", "text.screen"]
        assert [files().read(photo.original_key or "", found.key) for photo in found.photos] == [
            b"one",
            b"two",
        ]


def test_the_words_are_kept_as_they_came_and_sealed(contributor: Contributor) -> None:
    words = {"title": " Тақырып\u200b", "body": "<b>\ud800\0 мәтін", "format": "html", "print_name": "Ә. Н."}
    contributor.submit(b"one", **words)
    with transaction() as session:
        (raw,) = session.scalars(select(Revision))
        assert (raw.number, raw.title, raw.html) == (0, None, None)
        kept = json.loads(raw.submission.unseal(raw.sealed or b"", "revision 0"))
        photo_id = str(raw.submission.photos[0].id)
    assert kept == words | {
        "language": "en",
        "document": None,
        "photos": {photo_id: {"caption": "Caption 1", "credit": "Credit 1"}},
    }


def test_the_contact_is_sealed(contributor: Contributor) -> None:
    contact = "signal: +7 700 000 00 00"
    contributor.submit(contact=contact)
    with transaction() as session:
        (found,) = session.scalars(select(Submission))
        assert found.contact is not None
        assert contact.encode() not in found.contact
        assert found.unseal(found.contact, "contact") == contact


def test_nothing_is_sealed_where_no_contact_was_given(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        assert session.scalars(select(Submission)).one().contact is None


def test_a_photo_refused_at_the_door_is_remembered_and_starts_no_work(contributor: Contributor) -> None:
    refused = PhotoDraft(uuid.uuid4(), reason="not_a_photo")
    contributor.send(replace(contributor.draft(), photos=[refused]))
    with transaction() as session:
        (photo,) = session.scalars(select(Photo))
        assert (photo.status, photo.reason, photo.original_key) == ("refused", "not_a_photo", None)
        event = session.scalars(select(Event).where(Event.photo_id == photo.id)).one()
        assert (event.name, event.data) == ("photo.refused", {"reason": "not_a_photo"})
        assert list(session.scalars(select(Job.kind))) == ["text.screen"]


def test_the_receipt_itself_is_not_kept(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        kept = session.scalars(select(Submission.receipt_hash)).one()
    assert kept == receipts.hashed(contributor.receipt)
    assert contributor.receipt.encode() not in kept


def test_twice_is_once(contributor: Contributor) -> None:
    draft = contributor.draft()
    contributor.send(draft)
    with pytest.raises(AlreadySubmitted):
        contributor.send(contributor.draft(receipt=draft.receipt))
    assert count() == (1, 1)


def test_twice_at_the_same_time_is_once(contributor: Contributor) -> None:
    receipt = receipts.derive("one click after the other")
    drafts = [contributor.draft(receipt=receipt) for _ in range(4)]
    answers = at_once(*[lambda draft=draft: contributor.send(draft) for draft in drafts])
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadySubmitted"] * 3 + ["UUID"]
    assert count() == (1, 1)


def test_the_second_of_two_waits_for_the_first(contributor: Contributor) -> None:
    """The second must not report success before the first is committed."""
    first = contributor.draft()
    second = contributor.draft(receipt=first.receipt)
    with pytest.raises(AlreadySubmitted):
        second_waits(lambda session: submit(session, first), lambda: contributor.send(second))
    assert count() == (1, 1)


@pytest.mark.parametrize("broken", ["language", "section"])
def test_a_draft_that_the_database_refuses_is_not_taken_for_an_old_one(
    contributor: Contributor, broken: str
) -> None:
    """If this error were taken for a duplicate, the contributor would get a receipt, but nothing would be stored."""
    nothing: dict[str, object] = {broken: None}
    with pytest.raises(IntegrityError):
        contributor.send(replace(contributor.draft(), **nothing))  # type: ignore[arg-type]
    assert count() == (0, 0)


def test_a_draft_shows_nothing_of_itself(contributor: Contributor) -> None:
    draft = contributor.draft(b"picture", title="Planted")
    assert "Planted" not in repr(draft)
    assert draft.receipt not in repr(draft)
    assert "Caption" not in repr(draft.photos)


def count() -> tuple[int, int]:
    """Number of submissions and of jobs."""
    with transaction() as session:
        return len(list(session.scalars(select(Submission)))), len(list(session.scalars(select(Job))))
