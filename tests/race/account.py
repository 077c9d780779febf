"""Replay of a submission's events, compared with its rows."""

from collections.abc import Iterable

from intake.lifecycle import MOVES
from intake.models import Decision, Event, Submission
from intake.models.decision import VERDICTS


def faults(submission: Submission, events: Iterable[Event], decisions: list[Decision]) -> list[str]:
    """Return differences that the events do not explain; empty if they explain the current rows."""
    told = _Told()
    for event in events:
        told.hear(event)
    return [
        f"{submission.short_id}: {fault}" for fault in [*told.faults, *told.differs(submission, decisions)]
    ]


class _Told:
    """State of a submission, reconstructed from its events alone."""

    def __init__(self) -> None:
        self.status, self.open, self.stands = "", "", ""
        self.taken = self.undone = self.version = 0
        self.faults: list[str] = []

    def hear(self, event: Event) -> None:
        if event.name == "decision.taken":
            self._take(event.data["verdict"])
        elif event.name == "decision.undone":
            self._undo(event.data["verdict"])
        elif event.name.startswith("submission."):
            self._move(event.name.removeprefix("submission."))
        elif event.name == "revision.created":
            self.version += 1

    def _take(self, verdict: str) -> None:
        if self.open:
            self.faults.append(f"{verdict} taken while {self.open} was open")
        self.open, self.taken, self.version = verdict, self.taken + 1, self.version + 1

    def _undo(self, verdict: str) -> None:
        if self.open != verdict:
            self.faults.append(f"{verdict} taken back while {self.open or 'nothing'} was open")
        self.open, self.undone, self.version = "", self.undone + 1, self.version + 1

    def _move(self, status: str) -> None:
        self.version += 1
        if self.status and not any(self.status in m.sources and m.target == status for m in MOVES.values()):
            self.faults.append(f"moved from {self.status} to {status}")
        if status in {MOVES[verb].target for verb in VERDICTS.values()}:
            if not self.open or MOVES[VERDICTS[self.open]].target != status:
                self.faults.append(f"became {status} while {self.open or 'nothing'} was open")
            self.stands, self.open = self.open, ""
        else:
            self.stands = ""
        self.status = status

    def differs(self, submission: Submission, decisions: list[Decision]) -> list[str]:
        standing = [decision.verdict for decision in decisions if decision.state == "standing"]
        found = {
            "status": (self.status, submission.status),
            "version": (self.version, submission.version),
            "decisions": (self.taken, len(decisions)),
            "taken back": (self.undone, sum(decision.state == "undone" for decision in decisions)),
            "standing": ([self.stands] if self.stands else [], standing),
            "open": (self.open, "".join(d.verdict for d in decisions if d.state in {"taken", "waiting"})),
        }
        return [f"{what}: told {told}, is {there}" for what, (told, there) in found.items() if told != there]
