"""The whole demo: accounts, pieces, the wait for the worker, and what the cast does then. May be repeated."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from intake import receipts
from intake.accounts.people import by_address
from intake.db import transaction
from intake.demo.cast import CAST, Member, seat
from intake.demo.fates import play
from intake.demo.pieces import DemoSubmission, pieces
from intake.demo.sending import receipt, send
from intake.models.lookup import by_receipt

PATIENCE_SECONDS = 20.0
POLL_SECONDS = 0.2


class NobodyWorks(Exception):
    """No worker has moved anything on for PATIENCE_SECONDS; what was sent stays, and a later run goes on from there."""


@dataclass
class Sown:
    """What a run did: new passwords by person, how many pieces it sent, and (receipt, status, title) of each."""

    passwords: dict[Member, str] = field(default_factory=dict)
    sent: int = 0
    shown: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Demo:
    """`hashed` makes password hashes, `tell` shows progress, `rest` waits a little for the worker."""

    hashed: Callable[[str], str]
    tell: Callable[[str], None]
    rest: Callable[[], None] = lambda: time.sleep(POLL_SECONDS)
    patience: float = field(default_factory=lambda: PATIENCE_SECONDS)

    def run(self, *, password: str | None = None, again: bool = False) -> Sown:
        """Seed, or finish what an earlier run began; `again` adds another round. NobodyWorks."""
        with transaction() as session:
            sown = Sown(seat(session, self.hashed, password))
        turn = _rounds() + 1 if again else max(1, _rounds())
        sown.sent = self._send(turn)
        self._wait(turn, "cleaned", lambda piece, status: status == "received" and piece.fate != "received")
        self._play(turn)
        self._wait(turn, "deleted", lambda piece, status: status == "withdrawn" and piece.fate == "purged")
        sown.shown = [
            (receipts.grouped(receipt(piece, turn)), status or "", piece.title)
            for piece, status in _statuses(turn)
        ]
        return sown

    def _send(self, turn: int) -> int:
        missing = [piece for piece, status in _statuses(turn) if status is None]
        for number, piece in enumerate(missing, start=1):
            photos = f"photos: {len(piece.photos)}"
            self.tell(f"Sending {number} of {len(missing)}: {piece.title} ({photos})")
            send(piece, turn)
        return len(missing)

    def _play(self, turn: int) -> None:
        for piece in pieces():
            with transaction() as session:
                cast = {member.key: by_address(session, member.email) for member in CAST}
                code = receipt(piece, turn)
                submission = by_receipt(session, code)
                assert submission is not None  # noqa: S101 - it was sent above
                people = {key: editor for key, editor in cast.items() if editor}
                if play(session, submission, piece, people, code):
                    self.tell(f"At the desk: {piece.title} → {submission.status.replace('_', ' ')}")

    def _wait(self, turn: int, word: str, waits: Callable[[DemoSubmission, str | None], bool]) -> None:
        """Until no piece waits; the patience begins anew whenever one is done."""
        deadline, before = time.monotonic() + self.patience, 0
        while left := sum(waits(piece, status) for piece, status in _statuses(turn)):
            if left != before:
                self.tell(f"Waiting for the worker: {left} to be {word}")
                deadline, before = time.monotonic() + self.patience, left
            elif time.monotonic() > deadline:
                raise NobodyWorks
            self.rest()


def _rounds() -> int:
    """How many rounds have begun."""
    first, turn = pieces()[0], 0
    with transaction() as session:
        while by_receipt(session, receipt(first, turn + 1)):
            turn += 1
    return turn


def _statuses(turn: int) -> list[tuple[DemoSubmission, str | None]]:
    with transaction() as session:
        found = [(piece, by_receipt(session, receipt(piece, turn))) for piece in pieces()]
        return [(piece, submission.status if submission else None) for piece, submission in found]
