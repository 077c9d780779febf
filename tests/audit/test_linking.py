"""Events get their links in the order of their ids, however many are inserted at once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Executable, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from intake.audit import hashes, heads, linking, verification
from intake.db import snapshot, transaction
from intake.lifecycle import UNSENT
from intake.models import ChainProgress, Editor, Event, EventLink, Photo, Submission, UnlinkedEvent, record
from intake.settings import Settings
from intake.submissions.draft import delete_draft
from intake.submissions.removal import purge
from tests.cast import Contributor
from tests.tampering import tampering

THREADS, EACH = 20, 25


def faults() -> list[str]:
    with snapshot() as session:
        return verification.verify(session).faults


def pause(editor: Editor, count: int = 1) -> None:
    with transaction() as session:
        for number in range(count):
            record(session, "queue.paused", actor=editor, queue="text", reason=str(number))


def test_the_chain_is_whole_while_twenty_threads_insert_and_three_link(editor: Editor) -> None:
    linking.link_all()
    start, stop = threading.Barrier(THREADS), threading.Event()

    def insert() -> None:
        start.wait()
        for number in range(EACH):
            with transaction() as session:
                record(session, "queue.paused", actor=editor, queue="text", reason=str(number))

    def link() -> None:
        while not stop.is_set():
            with transaction() as session:
                linking.link_new(session, 7)

    linkers = [threading.Thread(target=link) for _ in range(3)]
    inserters = [threading.Thread(target=insert) for _ in range(THREADS)]
    for one in (*linkers, *inserters):
        one.start()
    for one in inserters:
        one.join()
    stop.set()
    for one in linkers:
        one.join()
    linking.link_all()
    assert faults() == []
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(EventLink)) == THREADS * EACH + 1
        positions = list(session.scalars(select(EventLink.position).order_by(EventLink.position)))
    assert positions == list(range(1, THREADS * EACH + 2))


def test_events_are_linked_in_the_order_of_their_ids(editor: Editor) -> None:
    pause(editor, 12)
    linking.link_all(limit=5)
    with transaction() as session:
        numbers = list(session.scalars(select(EventLink.event_id).order_by(EventLink.position)))
        assert numbers == sorted(numbers)
        assert session.scalar(select(UnlinkedEvent)) is None


def test_a_transaction_links_no_more_than_its_limit_and_the_next_goes_on(editor: Editor) -> None:
    pause(editor, 11)
    told: list[int] = []
    assert linking.link_all(told.append, limit=5) == 12
    assert told == [5, 5, 2]
    assert faults() == []


def test_nothing_is_linked_while_another_transaction_links(editor: Editor) -> None:
    with transaction() as first:
        assert linking.link_new(first) == 1
        pause(editor)
        with transaction() as second:
            assert linking.link_new(second) == 0
    linking.link_all()
    assert faults() == []


def test_an_event_that_is_rolled_back_leaves_no_gap(editor: Editor) -> None:
    with transaction() as session, session.begin_nested() as undone:
        record(session, "queue.paused", actor=editor, queue="text")
        undone.rollback()
    pause(editor)
    linking.link_all()
    assert faults() == []


def test_events_that_have_links_are_only_taken_off_the_list(editor: Editor) -> None:
    """After a restore, `unlinked_events` lists all events."""
    pause(editor, 3)
    linking.link_all()
    with transaction() as session:
        before = heads.current(session)
        session.add_all(UnlinkedEvent(event_id=number) for number in session.scalars(select(Event.id)).all())
        session.add(UnlinkedEvent(event_id=10**6))
    linking.link_all()
    with transaction() as session:
        assert heads.current(session) == before
        assert session.scalar(select(UnlinkedEvent)) is None


def draft(contributor: Contributor) -> None:
    """A draft with an event, as when its contributor leaves out a photo."""
    contributor.submit(b"picture")
    with tampering() as session:
        session.execute(update(Submission).values(status=UNSENT))


def test_events_of_a_draft_wait_until_it_is_sent(contributor: Contributor) -> None:
    draft(contributor)
    linking.link_all()
    with transaction() as session:
        assert heads.current(session) is None
    assert faults() == []
    with tampering() as session:
        session.execute(update(Submission).values(status="received"))
    linking.link_all()
    with transaction() as session:
        assert heads.current(session) is not None
    assert faults() == []


def test_a_draft_takes_its_events_with_it(contributor: Contributor) -> None:
    draft(contributor)
    assert delete_draft(contributor.submission_id)
    linking.link_all()
    assert faults() == []
    with transaction() as session:
        assert session.scalar(select(Event)) is None
        assert session.scalar(select(UnlinkedEvent)) is None


def test_events_of_a_sent_submission_are_not_deleted_as_those_of_a_draft(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        linking.delete_of_draft(session, contributor.submission_id)
        linking.forget_details(session, contributor.submission_id)
        assert session.scalars(select(Event)).all()


def test_events_that_a_purge_empties_first_are_linked_as_they_are(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        session.get_one(Submission, contributor.submission_id).move("withdraw")
        purge(session, contributor.submission_id)
    linking.link_all()
    assert faults() == []


REFUSED: dict[str, Callable[[], Executable]] = {
    "change": lambda: update(Event).values(name="queue.resumed"),
    "empty": lambda: update(Event).values(data={}),
    "other details": lambda: update(Event).values(data={"other": 1}),
    "delete": lambda: delete(Event),
    "change a link": lambda: update(EventLink).values(hash=bytes(32)),
    "give another salt": lambda: update(EventLink).values(salt=bytes(32)),
    "delete a link": lambda: delete(EventLink),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_triggers_refuse_even_the_role_that_owns_the_tables(contributor: Contributor, what: str) -> None:
    contributor.submit()
    linking.link_all()
    with transaction() as session, pytest.raises(DBAPIError, match="cannot be"):
        session.execute(REFUSED[what]())
    assert faults() == []


def test_a_photo_of_a_linked_event_cannot_be_deleted(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    linking.link_all()
    with transaction() as session, pytest.raises(DBAPIError, match="cannot be changed"):
        session.execute(delete(Photo))


def late() -> bool:
    with transaction() as session:
        return linking.late_since(session) is not None


def age(by: timedelta) -> None:
    with transaction() as session:
        session.execute(update(ChainProgress).values(complete_at=func.now() - by))


def test_an_event_is_late_an_hour_after_the_last_that_was_linked(editor: Editor) -> None:
    linking.link_all()
    assert not late()
    pause(editor)
    assert not late()
    age(timedelta(minutes=59))
    assert not late()
    age(timedelta(minutes=61))
    assert late()
    linking.link_all()
    assert not late()


def write_event(at: datetime) -> None:
    with transaction() as session:
        session.execute(insert(Event).values(name="queue.paused", data={}, at=at))


def test_no_event_is_late_before_the_first_are_linked(app_settings: Settings) -> None:
    """Right after an upgrade, no event has a link yet. An old time is no sign of a fault, because times are rounded."""
    write_event(datetime.now(UTC) - timedelta(days=1))
    assert not late()


def test_the_wait_of_events_counts_from_a_restore(app_settings: Settings) -> None:
    write_event(datetime.now(UTC) - timedelta(days=9))
    with transaction() as session:
        linking.begin_waiting(session)
    assert not late()
    age(timedelta(minutes=61))
    assert late()
    with transaction() as session:
        linking.begin_waiting(session)
    assert not late()


def test_no_event_is_late_where_none_waits(editor: Editor) -> None:
    linking.link_all()
    age(timedelta(hours=5))
    assert not late()


def test_a_link_covers_what_stands_in_the_documentation(app_settings: Settings, editor: Editor) -> None:
    """Compute the first link as docs/ops/events.md describes it."""
    import hashlib
    import json

    linking.link_all()
    with transaction() as session:
        event = session.scalars(select(Event)).one()
        link = session.scalars(select(EventLink)).one()
        at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
        kept = [event.id, event.name, None, event.editor_id]
        whole = json.dumps([*kept, None, event.data, at], sort_keys=True, separators=(",", ":"))
        assert link.salt is not None
        assert hashlib.sha256(link.salt + whole.encode()).digest() == link.commitment
        facts = ["00" * 32, 1, *kept, event.at.astimezone(UTC).date().isoformat(), link.commitment.hex()]
        assert hashlib.sha256(json.dumps(facts, separators=(",", ":")).encode()).digest() == link.hash
        assert len(link.salt) == hashes.SALT_BYTES
