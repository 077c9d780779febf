"""Verification finds any single change of the chain, and does not report a purge."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake.audit import heads, linking, verification
from intake.audit.heads import Head
from intake.audit.verification import ChainCheck
from intake.db import snapshot, transaction
from intake.models import Editor, Event, EventLink, Submission, UnlinkedEvent, record
from intake.settings import Settings
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor
from tests.tampering import tampering


def check(head: Head | None = None) -> ChainCheck:
    with snapshot() as session:
        return verification.verify(session, head)


def link() -> Head:
    linking.link_all()
    with transaction() as session:
        found = heads.current(session)
    assert found is not None
    return found


@pytest.fixture
def chain(contributor: Contributor, editor: Editor) -> Head:
    """A chain of events of a submission, and of ten others of an editor."""
    contributor.submit(b"picture")
    with transaction() as session:
        for number in range(10):
            record(session, "queue.paused", actor=editor, queue="text", reason=f"number {number}")
    return link()


def ids() -> list[int]:
    with transaction() as session:
        return list(session.scalars(select(Event.id).order_by(Event.id)))


def test_an_untouched_chain_is_whole(chain: Head) -> None:
    found = check(chain)
    assert found.faults == []
    assert (found.count, found.waiting, found.emptied, found.head) == (len(ids()), 0, 0, chain)


def test_an_empty_chain_is_whole(app_settings: Settings) -> None:
    assert check() == ChainCheck()


CHANGES: dict[str, Callable[[Session, int], object]] = {
    "name": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(name="queue.resumed")
    ),
    "submission": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(submission_id=uuid.uuid4())
    ),
    "photo": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(photo_id=uuid.uuid4())
    ),
    "editor": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(editor_id=77)
    ),
    "data": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(data={"reason": "forged"})
    ),
    "time": lambda session, number: session.execute(
        update(Event).where(Event.id == number).values(at=datetime(2020, 1, 1, tzinfo=UTC))
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_of_each_event_is_found_by_its_id(chain: Head, what: str) -> None:
    for number in (ids()[0], ids()[5], ids()[-1]):
        with tampering() as session:
            CHANGES[what](session, number)
            session.flush()
            assert verification.verify(session).faults == [f"Event {number} was changed."]
            session.rollback()


LINK_CHANGES: dict[str, object] = {
    "salt": bytes(32), "commitment": bytes(32), "hash": bytes(32), "event_id": 10**6, "no salt": None,
}  # fmt: skip


@pytest.mark.parametrize("what", LINK_CHANGES)
def test_each_change_of_each_link_is_found(chain: Head, what: str) -> None:
    for position in (1, 5, chain.position):
        column = "salt" if what == "no salt" else what
        with tampering() as session:
            session.execute(
                update(EventLink).where(EventLink.position == position).values({column: LINK_CHANGES[what]})
            )
            faults = verification.verify(session).faults
            session.rollback()
        assert faults, (what, position)


def test_a_deleted_event_is_named(chain: Head) -> None:
    numbers = ids()
    with tampering() as session:
        session.execute(delete(Event).where(Event.id == numbers[3]))
    assert check().faults == [f"Event {numbers[3]} is missing."]


def test_deleted_events_are_named_as_a_range(chain: Head) -> None:
    numbers = ids()
    with tampering() as session:
        session.execute(delete(Event).where(Event.id.in_(numbers[3:7])))
        session.execute(delete(Event).where(Event.id == numbers[9]))
    assert check().faults == [
        f"Events {numbers[3]} to {numbers[6]} are missing.",
        f"Event {numbers[9]} is missing.",
    ]


def test_a_deleted_link_is_found(chain: Head) -> None:
    number = ids()[3]
    with tampering() as session:
        session.execute(delete(EventLink).where(EventLink.position == 4))
    assert check().faults == [
        "Link 4 of the chain is missing.",
        f"Event {number} is not in the chain, and does not wait for its link.",
    ]


def test_events_deleted_with_their_links_are_found(chain: Head) -> None:
    numbers = ids()[3:5]
    with tampering() as session:
        session.execute(delete(EventLink).where(EventLink.event_id.in_(numbers)))
        session.execute(delete(Event).where(Event.id.in_(numbers)))
    assert check().faults == ["Links 4 to 5 of the chain are missing."]


def test_a_slipped_in_event_is_found(chain: Head) -> None:
    with tampering() as session:
        session.add(Event(name="queue.paused", data={}))
    number = ids()[-1]
    assert check().faults == [f"Event {number} is not in the chain, and does not wait for its link."]


def test_swapped_events_are_found(chain: Head) -> None:
    first, second = ids()[-4], ids()[-2]
    with tampering() as session:
        one, other = session.get_one(Event, first), session.get_one(Event, second)
        one.data, other.data = other.data, one.data
    assert check().faults == [f"Event {first} was changed.", f"Event {second} was changed."]


def test_swapped_links_are_found(chain: Head) -> None:
    with tampering() as session:
        for position, other in ((2, 1002), (3, 2), (1002, 3)):
            session.execute(update(EventLink).where(EventLink.position == position).values(position=other))
    assert check().faults


def rewrite() -> Head:
    """Forge one event, and recompute all links, as the owner of the database can."""
    with tampering() as session:
        session.execute(update(Event).where(Event.id == ids()[2]).values(data={"forged": 1}))
        session.execute(delete(EventLink))
    with transaction() as session:
        session.add_all(UnlinkedEvent(event_id=number) for number in ids())
    return link()


def test_only_a_kept_head_shows_that_the_chain_was_rewritten(chain: Head) -> None:
    forged = rewrite()
    assert forged.position == chain.position
    assert check().faults == []
    assert check(chain).faults == [
        f"The chain was rewritten at link {chain.position} or before: its hash is not that of the head."
    ]


def test_a_kept_head_shows_that_the_end_was_cut_off(chain: Head) -> None:
    with tampering() as session:
        session.execute(delete(Event).where(Event.id.in_(ids()[-2:])))
        session.execute(delete(EventLink).where(EventLink.position > chain.position - 2))
    assert check().faults == []
    end = chain.position - 2
    assert check(chain).faults == [
        f"The chain ends at link {end}. Links {end + 1} to {end + 2} were in it and are missing."
    ]


def test_an_older_head_stays_valid_while_events_are_added(chain: Head, editor: Editor) -> None:
    with transaction() as session:
        record(session, "queue.resumed", actor=editor, queue="text")
    assert link().position == chain.position + 1
    assert check(chain).faults == []


def test_a_purge_empties_details_and_keeps_the_chain_and_its_heads(
    chain: Head, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        record(
            session,
            "claim.taken",
            session.get_one(Submission, contributor.submission_id),
            actor=editor,
            secret=4711,
        )
    before = link()
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, contributor.submission_id)
    after = check(before)
    assert after.faults == []
    link()
    last = check(before)
    assert last.faults == []
    assert last.emptied == 3
    with transaction() as session:
        mine = list(session.scalars(select(Event).where(Event.submission_id == contributor.submission_id)))
        assert {str(event.data) for event in mine} == {"{}"}
        assert {event.at.astimezone(UTC).time().isoformat() for event in mine} == {"00:00:00"}
        salts = select(EventLink.salt).where(EventLink.event_id.in_([one.id for one in mine]))
        earlier = salts.where(EventLink.position <= before.position)
        assert set(session.scalars(earlier)) == {None}


def test_emptying_without_a_purge_is_found(chain: Head) -> None:
    number = ids()[-1]
    with tampering() as session:
        session.execute(
            update(Event)
            .where(Event.id == number)
            .values(data={}, at=func.date_trunc("day", Event.at, "UTC"))
        )
        session.execute(update(EventLink).where(EventLink.event_id == number).values(salt=None))
    assert check().faults == [
        f"The details of event {number} were emptied, though its submission was not purged."
    ]


def test_a_change_of_an_emptied_event_is_found(chain: Head, contributor: Contributor) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, contributor.submission_id)
    link()
    with transaction() as session:
        # An emptied event of the submission. Events about its withdrawal and purge are linked later and are not emptied.
        number = session.scalars(
            select(EventLink.event_id).where(EventLink.salt.is_(None)).order_by(EventLink.event_id).limit(1)
        ).one()
    with tampering() as session:
        session.execute(update(Event).where(Event.id == number).values(name="photo.refused"))
    assert check().faults == [f"Event {number}, or its link in the chain, was changed."]
    with tampering() as session:
        session.execute(update(Event).where(Event.id == number).values(data={"planted": 1}))
    assert check().faults == [f"Event {number} was changed."]


def test_details_cannot_be_guessed_after_a_purge(chain: Head) -> None:
    """Two events with the same details have different commitments, since each has a salt of its own."""
    with transaction() as session:
        salts = list(session.scalars(select(EventLink.salt)))
        assert len(set(salts)) == len(salts) == chain.position


def test_progress_adds_up(chain: Head) -> None:
    told: list[int] = []
    with snapshot() as session:
        verification.verify(session, None, told.append)
        assert sum(told) == verification.count_links(session) == chain.position


def test_nothing_in_a_link_tells_the_time_of_a_contributor(chain: Head) -> None:
    columns = {column.name for column in EventLink.__table__.columns}
    assert columns == {"position", "event_id", "salt", "commitment", "hash"}
