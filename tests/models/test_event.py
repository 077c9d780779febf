import psycopg
import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Editor, Event, Job, record
from intake.models.job import JOBS_CHANNEL
from intake.settings import Settings
from intake.submissions.submit import submit
from intake.subscriptions import SUBSCRIPTIONS
from tests.cast import Contributor
from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("events", "fk_events_submission_id", {"submission_id": "00000000-0000-0000-0000-000000000009"}),
    Violation("event_links", "fk_event_links_event_id", {"event_id": 9}),
    Violation("event_links", "ck_event_links_position", {"position": 0}),
    Violation("event_links", "ck_event_links_hashes", {"hash": bytes(31)}),
    Violation("event_links", "ck_event_links_salt", {"salt": bytes(31)}),
    Violation("event_links", "pk_event_links", {"event_id": 2}, second=True),
    Violation("event_links", "uq_event_links_event_id", {"position": 2}, second=True),
    Violation("chain_progress", "ck_chain_progress_single", {"id": 2}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_an_event_starts_the_jobs_of_its_name(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    with transaction() as session:
        events = list(session.scalars(select(Event).order_by(Event.id)))
        jobs = list(session.scalars(select(Job).order_by(Job.id)))
        expected = [(event.id, kind) for event in events for kind in SUBSCRIPTIONS[event.name]]
        assert [(job.event_id, job.kind) for job in jobs] == expected
        assert {job.submission_id for job in jobs} == {contributor.submission_id}
        assert [job.photo_id for job in jobs] == [event.photo_id for event in events]


def test_a_silent_event_starts_nothing_and_wakes_nobody(editor: Editor, app_settings: Settings) -> None:
    with psycopg.connect(app_settings.database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {JOBS_CHANNEL}")
        with transaction() as session:
            record(session, "account.created", actor=editor, account=editor.id)
            assert session.scalar(select(Job)) is None
        assert list(listening.notifies(timeout=0)) == []


def test_the_relay_is_notified_of_an_event_that_starts_a_job(
    contributor: Contributor, app_settings: Settings
) -> None:
    with psycopg.connect(app_settings.database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {JOBS_CHANNEL}")
        contributor.submit()
        assert [heard.channel for heard in listening.notifies(timeout=10, stop_after=1)] == [JOBS_CHANNEL]


def test_an_event_that_nobody_knows_is_refused(editor: Editor) -> None:
    with pytest.raises(KeyError), transaction() as session:
        record(session, "editor.sneezed", actor=editor)


def test_what_is_undone_leaves_neither_event_nor_job(contributor: Contributor) -> None:
    draft = contributor.draft()
    with transaction() as session, session.begin_nested() as undone:
        submit(session, draft)
        undone.rollback()
    with transaction() as session:
        assert session.scalar(select(Event)) is None
        assert session.scalar(select(Job)) is None
