import pytest

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Submission
from intake.settings import Settings
from intake.storage import files
from intake.web.contribute.answer_intake import AnswerUpload
from tests.cast import Contributor, join
from tests.web.conftest import JPEG, quarantine


@pytest.fixture
def asked(contributor: Contributor, in_review: Submission) -> Submission:
    editor = join("Vera Asks", "editor")
    with transaction() as session:
        decide(
            session, in_review.id, editor, in_review.version, DecisionInput("request_changes", None, "When?")
        )
    return in_review


@pytest.fixture
def contributor(app_settings: Settings) -> Contributor:
    """Contributor without an application: these tests need only the database, no pages."""
    return Contributor()


def upload(settings: Settings, receipt: str) -> AnswerUpload:
    made = AnswerUpload(settings, None, [("receipt", receipt)])
    made.open_file("photo-1", "one.jpg").write(JPEG)
    return made


def test_photos_go_where_the_submission_has_its_own(
    app_settings: Settings, contributor: Contributor, asked: Submission
) -> None:
    made = upload(app_settings, contributor.receipt)
    made.finish()
    (stream,) = made.streams
    assert not made.nowhere
    with transaction() as session:
        key = session.get_one(Submission, asked.id).key
    assert files().read(f"quarantine/{asked.id}/{stream.id}", key) == JPEG


def test_what_comes_to_nothing_leaves_what_others_sent(
    app_settings: Settings, contributor: Contributor, asked: Submission
) -> None:
    first, second = (upload(app_settings, contributor.receipt) for _ in range(2))
    first.finish()
    second.finish()
    second.discard()
    assert quarantine(app_settings) == [str(first.streams[0].id)]


def test_without_a_submission_that_is_asked_nothing_is_kept(
    app_settings: Settings, contributor: Contributor, in_review: Submission
) -> None:
    for receipt in (contributor.receipt, "ABCDEFGHJKMNPQRS", "", "\0"):
        made = upload(app_settings, receipt)
        made.finish()
        assert made.nowhere
        assert quarantine(app_settings) == []


def test_a_folder_deleted_meanwhile_is_no_error(
    app_settings: Settings, contributor: Contributor, asked: Submission
) -> None:
    made = upload(app_settings, contributor.receipt)
    files().delete_all("quarantine", str(asked.id))
    made.finish()
    assert made.nowhere
    made.discard()
    assert quarantine(app_settings) == []
