"""Creation of the whole demo: accounts, submissions, the wait for the worker, edits and decisions.

A repeated run creates only what is missing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from intake import receipts
from intake.accounts.people import by_address
from intake.db import transaction
from intake.demo.cast import CAST, Member, create_accounts
from intake.demo.fates import apply_fate
from intake.demo.sending import receipt, send
from intake.demo.submissions import DemoSubmission, demo_submissions
from intake.models.lookup import by_receipt

WORKER_TIMEOUT_SECONDS = 20.0
POLL_SECONDS = 0.2


class NoWorkerResponds(Exception):
    """No worker has processed a demo submission for WORKER_TIMEOUT_SECONDS.

    The submissions that were sent stay, and a later run continues with them.
    """


@dataclass
class SeedResult:
    """Result of a run: new passwords, number of submissions sent by it, and all demo submissions.

    `shown` has (receipt, status, title) of each submission of the round.
    """

    passwords: dict[Member, str] = field(default_factory=dict)
    sent: int = 0
    shown: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Demo:
    """Creates the demo.

    `hashed` hashes a password, `report` shows a line of progress, `pause` sleeps between two checks of
    whether the worker has finished. `timeout` is in seconds.
    """

    hashed: Callable[[str], str]
    report: Callable[[str], None]
    pause: Callable[[], None] = lambda: time.sleep(POLL_SECONDS)
    timeout: float = field(default_factory=lambda: WORKER_TIMEOUT_SECONDS)

    def run(self, *, password: str | None = None, again: bool = False) -> SeedResult:
        """Create the demo, or complete the demo of an interrupted run. Raises NoWorkerResponds.

        `again` sends all demo submissions once more, as another round with new receipts.
        """
        with transaction() as session:
            result = SeedResult(create_accounts(session, self.hashed, password))
        round_number = _rounds() + 1 if again else max(1, _rounds())
        result.sent = self._send(round_number)
        self._wait(
            round_number, "cleaned", lambda plan, status: status == "received" and plan.fate != "received"
        )
        self._apply_fates(round_number)
        self._wait(
            round_number, "deleted", lambda plan, status: status == "withdrawn" and plan.fate == "purged"
        )
        result.shown = [
            (receipts.grouped(receipt(plan, round_number)), status or "", plan.title)
            for plan, status in _statuses(round_number)
        ]
        return result

    def _send(self, round_number: int) -> int:
        unsent = [plan for plan, status in _statuses(round_number) if status is None]
        for number, plan in enumerate(unsent, start=1):
            photos = f"photos: {len(plan.photos)}"
            self.report(f"Sending {number} of {len(unsent)}: {plan.title} ({photos})")
            send(plan, round_number)
        return len(unsent)

    def _apply_fates(self, round_number: int) -> None:
        for plan in demo_submissions():
            with transaction() as session:
                cast = {member.key: by_address(session, member.email) for member in CAST}
                code = receipt(plan, round_number)
                submission = by_receipt(session, code)
                assert submission is not None  # noqa: S101 - it was sent above
                people = {key: editor for key, editor in cast.items() if editor}
                if apply_fate(session, submission, plan, people, code):
                    self.report(f"At the desk: {plan.title} → {submission.status.replace('_', ' ')}")

    def _wait(
        self, round_number: int, word: str, waits: Callable[[DemoSubmission, str | None], bool]
    ) -> None:
        """Wait until no submission of this round meets the SQL condition `waits`. Raises NoWorkerResponds.

        The timeout starts again whenever the worker has processed a submission.
        """
        deadline, before = time.monotonic() + self.timeout, 0
        while left := sum(waits(plan, status) for plan, status in _statuses(round_number)):
            if left != before:
                self.report(f"Waiting for the worker: {left} to be {word}")
                deadline, before = time.monotonic() + self.timeout, left
            elif time.monotonic() > deadline:
                raise NoWorkerResponds
            self.pause()


def _rounds() -> int:
    """Number of rounds of which the first submission was sent."""
    first, round_number = demo_submissions()[0], 0
    with transaction() as session:
        while by_receipt(session, receipt(first, round_number + 1)):
            round_number += 1
    return round_number


def _statuses(round_number: int) -> list[tuple[DemoSubmission, str | None]]:
    with transaction() as session:
        found = [(plan, by_receipt(session, receipt(plan, round_number))) for plan in demo_submissions()]
        return [(plan, submission.status if submission else None) for plan, submission in found]
