import pytest

from intake.db import transaction
from intake.demo.sending import receipt, send
from intake.errors import AlreadySubmitted
from intake.models import Job
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.storage import files
from tests.demo.conftest import PHOTO, short_submission
from tests.stored import paths


def test_a_demo_submission_arrives_like_any_other(app_settings: Settings) -> None:
    one = short_submission("one", "in_review", photos=(PHOTO,), contact="one@example.org")
    send(one, 1)
    with transaction() as session:
        found = by_receipt(session, receipt(one, 1))
        assert found is not None
        assert [event.name for event in found.events] == ["submission.received", "photo.received"]
        assert found.contact is not None
        assert found.unseal(found.contact, "contact") == "one@example.org"
        assert session.query(Job).count() == 2
        (photo,) = found.photos
        stored = files().read(photo.quarantine_name, found.key)
    assert stored.startswith(b"\xff\xd8\xff")


def test_one_to_be_held_starts_no_job(app_settings: Settings) -> None:
    send(short_submission("four", "received"), 1)
    with transaction() as session:
        assert session.query(Job).count() == 0


def test_a_submission_is_sent_once_a_round_and_leaves_no_file_behind(app_settings: Settings) -> None:
    one = short_submission("one", "in_review", photos=(PHOTO,))
    send(one, 1)
    with pytest.raises(AlreadySubmitted):
        send(one, 1)
    assert len(paths("quarantine")) == 1
    send(one, 2)
    assert len(paths("quarantine")) == 2


def test_a_section_that_this_newsroom_lacks_becomes_its_first(
    monkeypatch: pytest.MonkeyPatch, app_settings: Settings
) -> None:
    one = short_submission("one", "in_review", section="Cookery")
    send(one, 1)
    with transaction() as session:
        found = by_receipt(session, receipt(one, 1))
        assert found is not None
        assert found.section == app_settings.section_names[0]


def test_receipts_follow_from_the_key_and_differ(app_settings: Settings) -> None:
    one, other = short_submission("one", "received"), short_submission("two", "received")
    assert len({receipt(one, 1), receipt(one, 2), receipt(other, 1)}) == 3
    assert receipt(one, 1) == receipt(one, 1)
