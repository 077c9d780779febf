"""Verification of the chain of events. It finds every event that was changed, deleted, swapped or slipped in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.audit import hashes, heads
from intake.audit.hashes import EventContent
from intake.audit.heads import Head
from intake.audit.linking import CONTENT
from intake.models import Event, EventLink, UnlinkedEvent

ROWS = 2000
"""Links that are read at a time."""


@dataclass
class ChainCheck:
    """Result of a verification. `faults` are sentences, and empty if the chain is whole.

    `count` is the number of links, `waiting` that of events without one, and `emptied` that of events whose details
    a purge has emptied. `head` is None if there are no links.
    """

    count: int = 0
    waiting: int = 0
    emptied: int = 0
    head: Head | None = None
    faults: list[str] = field(default_factory=list)


@dataclass
class _Range:
    """Numbers in a row, for a sentence such as “Events 12 to 17 are missing.”"""

    first: int
    last: int

    def sentence(self, one: str, noun: str, several: str) -> str:
        if self.first == self.last:
            return f"{noun} {self.first} {one}."
        return f"{noun}s {self.first} to {self.last} {several}."


def verify(
    session: Session, known: Head | None = None, told: Callable[[int], None] = lambda _count: None
) -> ChainCheck:
    """Verify all links and events against each other, and the chain against a head that was kept elsewhere.

    Use a session from `db.snapshot`, since events are added meanwhile. `told` is called with each number of links read.
    """
    walk = _Walk(known)
    for link, event in _links(session):
        walk.take(link, event)
        if walk.count % ROWS == 0:
            told(ROWS)
    walk.end()
    told(walk.count % ROWS)
    faults = [*walk.faults, *_unexplained(session, walk.emptied), *_unlisted(session), *walk.against_known()]
    emptied = sum(len(numbers) for numbers in walk.emptied.values())
    return ChainCheck(walk.count, _waiting(session), emptied, heads.current(session), faults)


def count_links(session: Session) -> int:
    """Return the number of links to verify, for a display of the progress."""
    return session.scalar(select(func.count()).select_from(EventLink)) or 0


def _waiting(session: Session) -> int:
    """Number of events that wait for their links, those of drafts included."""
    listed = select(func.count()).select_from(UnlinkedEvent).join(Event, Event.id == UnlinkedEvent.event_id)
    unlinked = listed.outerjoin(EventLink, EventLink.event_id == Event.id).where(EventLink.event_id.is_(None))
    return session.scalar(unlinked) or 0


def _links(session: Session) -> Iterator[tuple[EventLink, EventContent | None]]:
    """All links with their events, or None for an event that is gone, in the order of the chain."""
    columns = (EventLink.position, EventLink.event_id, EventLink.salt, EventLink.commitment, EventLink.hash)
    query = (
        select(*columns, *CONTENT)
        .outerjoin(Event, Event.id == EventLink.event_id)
        .order_by(EventLink.position)
        .execution_options(yield_per=ROWS)
    )
    for row in session.execute(query):
        position, event_id, salt, commitment, hashed = row[:5]
        link = EventLink(position=position, event_id=event_id, salt=salt, commitment=commitment, hash=hashed)
        yield link, None if row[5] is None else EventContent(*row[5:])


class _Walk:
    """Walk along the chain. After a fault, it continues from the stored hash, so that each fault is reported only once."""

    def __init__(self, known: Head | None) -> None:
        self.count = 0
        self.faults: list[str] = []
        self.emptied: dict[UUID | None, list[int]] = {}
        self._known = known
        self._known_hash: bytes | None = None
        self._position = 0
        # Accepted hashes of the previous link. After a fault, both the stored and the computed one are accepted, because
        # somebody may have changed that link alone.
        self._previous: set[bytes] = {hashes.START}
        self._missing: _Range | None = None

    def take(self, link: EventLink, event: EventContent | None) -> None:
        self.count += 1
        whole = link.position == self._position + 1
        if not whole:
            self._tell_missing()
            gap = _Range(self._position + 1, link.position - 1)
            self.faults.append(gap.sentence("of the chain is missing", "Link", "of the chain are missing"))
        self._position = link.position
        if self._known and link.position == self._known.position:
            self._known_hash = link.hash
        if event is None:
            self._add_missing(link.event_id)
            self._previous = {link.hash}
            return
        self._tell_missing()
        made = {hashes.link(one, link.position, event, link.commitment) for one in self._previous}
        is_linked = link.hash in made or not whole
        self._check(link, event, is_linked)
        self._previous = {link.hash} if is_linked else {link.hash, *made}

    def end(self) -> None:
        self._tell_missing()

    def _check(self, link: EventLink, event: EventContent, is_linked: bool) -> None:
        if link.salt is None:
            self.emptied.setdefault(event.submission_id, []).append(event.id)
            is_same = event.is_emptied
        else:
            is_same = hashes.commitment(link.salt, event) == link.commitment
        if not is_same:
            self.faults.append(f"Event {event.id} was changed.")
        elif not is_linked:
            self.faults.append(f"Event {event.id}, or its link in the chain, was changed.")

    def against_known(self) -> list[str]:
        """Compare the chain with the head that was kept elsewhere."""
        known = self._known
        if known is None or self._known_hash == known.hash:
            return []
        if known.position > self._position:
            missing = _Range(self._position + 1, known.position)
            return [
                f"The chain ends at link {self._position}. "
                + missing.sentence("was in it and is missing", "Link", "were in it and are missing")
            ]
        return [
            f"The chain was rewritten at link {known.position} or before: its hash is not that of the head."
        ]

    def _add_missing(self, event_id: int) -> None:
        if self._missing is None:
            self._missing = _Range(event_id, event_id)
        self._missing.last = event_id

    def _tell_missing(self) -> None:
        if self._missing is not None:
            self.faults.append(self._missing.sentence("is missing", "Event", "are missing"))
        self._missing = None


def _unexplained(session: Session, emptied: dict[UUID | None, list[int]]) -> list[str]:
    """Sentences about events whose details were emptied although their submission was never purged."""
    if not emptied:
        return []
    purged = set(session.scalars(select(Event.submission_id).where(Event.name == "submission.purged")))
    return [
        f"The details of event {number} were emptied, though its submission was not purged."
        for submission_id, numbers in emptied.items()
        if submission_id is None or submission_id not in purged
        for number in numbers
    ]


def _unlisted(session: Session) -> list[str]:
    """Sentences about events that neither have a link nor wait for one."""
    query = (
        select(Event.id)
        .outerjoin(EventLink, EventLink.event_id == Event.id)
        .outerjoin(UnlinkedEvent, UnlinkedEvent.event_id == Event.id)
        .where(EventLink.event_id.is_(None), UnlinkedEvent.event_id.is_(None))
        .order_by(Event.id)
    )
    return [
        f"Event {number} is not in the chain, and does not wait for its link."
        for number in session.scalars(query)
    ]
