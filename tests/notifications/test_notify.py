from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Editor, Event, Notification, Submission
from intake.notifications import notify
from intake.notifications.notify import mark_read
from tests.together import at_once

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def notified(in_review: Submission, editor: Editor) -> None:
    """Create two notifications for the editor."""
    with transaction() as session:
        for kind in ("mentioned", "withdrawn"):
            notify.notify(session, editor.id, session.get_one(Submission, in_review.id), kind)


@pytest.mark.usefixtures("notified")
def test_a_notification_starts_a_mail_and_is_in_no_timeline(editor: Editor) -> None:
    with transaction() as session:
        events = list(session.scalars(select(Event).where(Event.name == "editor.told")))
        assert [(event.submission_id, event.data) for event in events] == [(None, {"account": editor.id})] * 2


@pytest.mark.usefixtures("notified")
def test_of_two_workers_one_writes(editor: Editor) -> None:
    def begin() -> list[str]:
        with transaction() as session:
            return sorted(kind for _, kind in notify.claim_unmailed(session, editor.id))

    assert sorted(map(str, at_once(begin, begin))) == ["['mentioned', 'withdrawn']", "[]"]


@pytest.mark.usefixtures("notified")
def test_a_failed_mail_is_sent_again_without_what_was_read(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        taken = notify.claim_unmailed(session, editor.id)
    with transaction() as session:
        notify.unclaim_unmailed(session, [number for number, _ in taken])
    with transaction() as session:
        mark_read(session, other_editor)
        assert len(notify.claim_unmailed(session, editor.id)) == 2
        session.rollback()
    with transaction() as session:
        mark_read(session, editor, in_review.id)
        assert notify.claim_unmailed(session, editor.id) == []
        assert all(one.seen_at for one in session.scalars(select(Notification)))


def test_a_digest_is_begun_once_for_each_time_that_it_is_due(editor: Editor) -> None:
    def begin(due: datetime) -> bool:
        with transaction() as session:
            return notify.claim_digest(session, editor.id, due)

    assert sorted(map(str, at_once(lambda: begin(SEVEN), lambda: begin(SEVEN)))) == ["False", "True"]
    assert begin(SEVEN + timedelta(hours=6))
    with transaction() as session:
        notify.unclaim_digest(session, editor.id)
    assert begin(SEVEN + timedelta(hours=6))
