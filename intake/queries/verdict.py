"""Whether submissions are being processed, in one sentence, and what to do where they are not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# A 20-photo submission of 50 MB each takes about a minute; longer than this without any job finished is a standstill.
STANDSTILL = timedelta(seconds=120)
ADVICE = {
    "worker": "Start one with `transom worker`, or restart `script/server`.",
    "relay": "Start it with `transom relay`, or restart `script/server`.",
    "scheduler": "Start it with `transom scheduler`, or restart `script/server`.",
    "paused": "Let it go on on the admin page, or with `transom queue resume`.",
}
WITHOUT = {
    "worker": "Submissions are not being processed: no worker answers",
    "relay": "Submissions are not being processed: the relay has stopped",
    "scheduler": "Submissions are being processed, but the scheduler has stopped: nothing is tidied up",
}


@dataclass(frozen=True)
class Verdict:
    """`ok` is whether work is being done; `advice` what to do where it is not."""

    ok: bool
    sentence: str
    advice: str = ""


@dataclass(frozen=True)
class Signs:
    """What the verdict goes by: the kinds of processes alive, jobs by state, since when one is due, the last done.

    `paused` has the jobs that wait in each queue that somebody has stopped; they are not counted as due. `unserved` has
    them for each queue that no living worker serves.
    """

    now: datetime
    alive: Collection[str]
    jobs: Mapping[str, int]
    due_since: datetime | None
    last_done: datetime | None
    paused: Mapping[str, int] = field(default_factory=dict)
    unserved: Mapping[str, int] = field(default_factory=dict)


def judge(signs: Signs) -> Verdict:
    """The sentence. A standstill is a job that is due while nothing gets done."""
    for kind in ("relay", "worker"):
        if kind not in signs.alive:
            return Verdict(False, f"{WITHOUT[kind]}{_not_begun(signs.jobs)}.", ADVICE[kind])
    if signs.unserved:
        start = f"Start one with `transom worker {' '.join(signs.unserved)}`."
        return Verdict(False, _in_part(signs.unserved, "without a worker"), start)
    if signs.paused:
        return Verdict(False, _in_part(signs.paused, "paused"), ADVICE["paused"])
    if _standstill(signs):
        minutes = int(STANDSTILL.total_seconds() // 60)
        return Verdict(
            False,
            f"Submissions are not being processed: nothing has been finished for {minutes} minutes{_not_begun(signs.jobs)}.",
            "See that Valkey or Redis answers (`transom doctor`), then restart the worker.",
        )
    if "scheduler" not in signs.alive:
        return Verdict(True, f"{WITHOUT['scheduler']}.", ADVICE["scheduler"])
    return Verdict(True, f"Submissions are being processed; {_oldest(signs)}.", _dead(signs.jobs["dead"]))


def _in_part(waiting: Mapping[str, int], state: str) -> str:
    names = " and ".join(waiting)
    stopped = f"the queue {names} is" if len(waiting) == 1 else f"the queues {names} are"
    return f"Submissions are being processed in part: {stopped} {state}{_waiting(sum(waiting.values()))}."


def _standstill(signs: Signs) -> bool:
    if signs.due_since is None:
        return False
    return signs.now - max(filter(None, (signs.due_since, signs.last_done))) > STANDSTILL


def _not_begun(jobs: Mapping[str, int]) -> str:
    return _waiting(jobs["pending"] + jobs["sent"])


def _waiting(count: int) -> str:
    return f"; {count} {'job waits' if count == 1 else 'jobs wait'}" if count else ""


def _oldest(signs: Signs) -> str:
    if signs.due_since is None:
        again = signs.jobs["pending"]
        return f"{_jobs(again, 'is', 'are')} to be tried again" if again else "nothing waits"
    seconds = max(0, int((signs.now - signs.due_since).total_seconds()))
    age = f"{seconds} second{'s' * (seconds != 1)}" if seconds < 120 else f"{seconds // 60} minutes"
    return f"the oldest job has waited {age}"


def _dead(count: int) -> str:
    return f"{_jobs(count, 'has', 'have')} failed for good and can be run again below." if count else ""


def _jobs(count: int, one: str, several: str) -> str:
    return f"{count} {f'job {one}' if count == 1 else f'jobs {several}'}"
