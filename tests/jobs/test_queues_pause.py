import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.jobs.queues import pause, resume
from intake.models import Editor, Event
from tests.jobs.ledgering import change, look, send, take, taken

QUEUE = "housekeeping"


def stop(reason: str = "The disk is full", actor: Editor | None = None) -> bool:
    with transaction() as session:
        return pause(session, QUEUE, reason, actor)


def go_on(actor: Editor | None = None) -> bool:
    with transaction() as session:
        return resume(session, QUEUE, actor)


@pytest.fixture
def others(jobs: list[int]) -> list[int]:
    """Five jobs, one of which belongs to another queue."""
    change(jobs[4], queue="text")
    return jobs


def test_of_a_paused_queue_nothing_is_sent_and_of_others_all(others: list[int]) -> None:
    assert stop()
    assert send() == [others[4]]
    assert go_on()
    assert send() == others[:4]


def test_what_was_sent_before_waits_and_no_attempt_is_counted(jobs: list[int]) -> None:
    send()
    running = taken(jobs[0])
    stop()
    assert take(jobs[1]) is None
    assert (look(jobs[1]).status, look(jobs[1]).attempts) == ("pending", 0)
    assert look(running.id).status == "running", "what runs comes to its end"
    go_on()
    assert send() == [jobs[1]]


def test_who_paused_it_and_why_is_in_the_record(jobs: list[int], admin: Editor) -> None:
    assert stop("Too much at once", admin)
    assert not stop("Again")
    assert go_on(admin)
    assert not go_on()
    with transaction() as session:
        events = session.scalars(select(Event).where(Event.name.like("queue.%")).order_by(Event.id)).all()
        assert [(event.name, event.editor_id, event.data) for event in events] == [
            ("queue.paused", admin.id, {"queue": QUEUE, "reason": "Too much at once"}),
            ("queue.resumed", admin.id, {"queue": QUEUE}),
        ]
