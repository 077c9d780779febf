from typing import Any

import pytest

from intake.accounts.people import by_address
from intake.db import transaction
from intake.demo.cast import CAST, create_accounts
from intake.demo.fates import FATES, apply_fate
from intake.demo.sending import receipt, send
from intake.demo.submissions import DemoSubmission
from intake.lifecycle import STATUSES, UNSENT
from intake.models import Job, Submission
from intake.models.lookup import by_receipt
from intake.settings import Settings
from tests.demo.conftest import EDIT, short_submission
from tests.working import work_off


@pytest.fixture
def apply(app_settings: Settings) -> Any:
    """Function that sends and cleans a submission, and applies its fate `times` times. Returns it and the results."""

    def run(one: DemoSubmission, times: int = 1) -> tuple[Submission, list[bool]]:
        send(one, 1)
        work_off()
        answers = []
        with transaction() as session:
            create_accounts(session, str, None)
        for _ in range(times):
            with transaction() as session:
                cast = {m.key: by_address(session, m.email) for m in CAST}
                found = by_receipt(session, receipt(one, 1))
                assert found is not None
                answers.append(apply_fate(session, found, one, cast, receipt(one, 1)))  # type: ignore[arg-type]
        with transaction() as session:
            found = by_receipt(session, receipt(one, 1))
            assert found is not None
            _ = found.revisions, found.events, found.decision and found.decision.editor
        return found, answers

    return run


def test_every_status_beyond_review_has_a_fate() -> None:
    assert set(FATES) == set(STATUSES) - {UNSENT, "received", "in_review"}


@pytest.mark.parametrize(
    "fate", ["accepted", "rejected", "published", "changes_requested", "held", "spam", "withdrawn"]
)
def test_the_right_editor_decides_a_submission(apply: Any, fate: str) -> None:
    found, answers = apply(short_submission("one", fate, by="miriam", reason="Because."))
    assert answers == [True]
    assert found.status == fate
    if found.decision:
        assert found.decision.editor.name == "Miriam Osei"
        assert found.decision.message == (None if fate in {"held", "spam"} else "Because.")


def test_what_is_withdrawn_to_be_seen_is_not_deleted(apply: Any) -> None:
    found, _ = apply(short_submission("one", "withdrawn"))
    with transaction() as session:
        assert session.query(Job).filter_by(status="pending").count() == 0
    assert work_off() == 0
    assert found.status == "withdrawn"


def test_what_is_to_be_purged_is_deleted_by_the_worker(apply: Any) -> None:
    one = short_submission("one", "purged")
    apply(one)
    assert work_off() == 1
    with transaction() as session:
        found = by_receipt(session, receipt(one, 1))
        assert found is not None
        assert (found.status, found.keys) == ("purged", [])


def test_edits_become_revisions_of_their_authors(apply: Any) -> None:
    found, _ = apply(short_submission("two", "in_review", changes=(EDIT,)))
    newest = found.revisions[-1]
    assert (newest.number, newest.html) == (2, "<p>Here is what became of two.</p>")
    assert (newest.note, newest.title) == ("Style.", "The piece two")
    assert found.status == "in_review"


def test_events_of_an_accepted_submission_are_in_order(apply: Any) -> None:
    found, _ = apply(short_submission("two", "published", by="asel", changes=(EDIT,)))
    names = [event.name for event in found.events]
    assert names[-3:] == ["decision.taken", "submission.accepted", "submission.published"]


@pytest.mark.parametrize("fate", ["accepted", "in_review"])
def test_a_second_time_changes_nothing(apply: Any, fate: str) -> None:
    found, answers = apply(short_submission("two", fate, by="asel", changes=(EDIT,)), times=2)
    assert answers == [True, False]
    assert len(found.revisions) == 3
