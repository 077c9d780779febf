"""Health report: one sentence on whether submissions are being processed, and advice if they are not.

Every fault is reported within two minutes. A canary (test job) runs in each queue every minute. A queue that
has due jobs, and in which no job has ended for LATE, is a fault.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.health import broker_troubles
from intake.job_kinds import job_kind
from intake.jobs.processes import ProcessStatus
from intake.jobs.queues import Queue
from intake.jobs.schedules import Schedule

LATE = timedelta(seconds=100)
"""A queue with due jobs is stalled if no job of the queue has ended for this long.

LATE and SOON together are two minutes, so a stall is reported by then, wherever between two canaries it
began.
"""

SOON = timedelta(seconds=20)
"""Time within which an idle or just started worker must start a due job."""

NOUNS = {
    "text": "texts",
    "photos": "photos",
    "notify": "notifications",
    "publish": "decisions",
    "housekeeping": "deletions",
}
RESTART = "or restart its supervisor: `transom up`, systemd or Docker"


@dataclass(frozen=True)
class HealthReport:
    """Result of the health check.

    `ok` is true if submissions are being processed and the scheduler works. `advice` says what an admin
    should do. `public` is the sentence without figures and names, for people who may not see them. `cause` is one
    of INCIDENT_CAUSES, and `fault` the sentence without figures. Both are empty if `ok` is true.
    """

    ok: bool
    sentence: str
    public: str
    advice: str = ""
    cause: str = ""
    fault: str = ""


@dataclass(frozen=True)
class HealthSigns:
    """Input of the health check.

    `retrying` is the number of jobs that wait for their next attempt. `scheduled` is the number of jobs that
    wait for their first attempt and are not due yet. `dead` is the number of jobs without attempts left.
    `are_events_late` is whether events have waited for their links for an hour (intake/audit/linking.py).
    """

    now: datetime
    processes: Sequence[ProcessStatus]
    queues: Sequence[Queue]
    schedules: Sequence[Schedule]
    retrying: int = 0
    scheduled: int = 0
    dead: int = 0
    are_events_late: bool = False

    def alive(self, kind: str) -> list[ProcessStatus]:
        """Processes of a kind with a recent heartbeat."""
        return [one for one in self.processes if one.kind == kind and one.alive]

    def serving(self, queue: str) -> list[ProcessStatus]:
        """Workers that are alive, serve the queue and are not stopping."""
        return [one for one in self.alive("worker") if queue in one.queues and not one.stopping]

    def gone(self, queue: str) -> ProcessStatus | None:
        """Worker of a queue that is stopping or has stopped writing heartbeats. None if there is none.

        If there are several, the worker with the latest heartbeat.
        """
        gone = [
            one
            for one in self.processes
            if one.kind == "worker" and queue in one.queues and (one.stopping or not one.alive)
        ]
        return max(gone, key=lambda one: one.seen_at, default=None)


@dataclass(frozen=True)
class Cause:
    """Reason why queues are not processed. `since` is the time when it began, if that is known.

    `name` is one of INCIDENT_CAUSES. `public` is the reason without names of workers.
    """

    name: str
    public: str
    sentence: str
    advice: str
    since: datetime | None = None


def check(signs: HealthSigns) -> HealthReport:
    """Build the health report: about the worst fault found, or about a healthy system."""
    everything = _relay(signs) or _broker(signs)
    if everything:
        return _stopped(signs, signs.queues, everything)
    for rule in (_unserved, _stalled, _failing, _paused):
        found = {queue.name: cause for queue in signs.queues if (cause := rule(signs, queue))}
        if found:
            stopped = [queue for queue in signs.queues if queue.name in found]
            return _stopped(signs, stopped, found[stopped[0].name])
    return _scheduler(signs) or _chain(signs) or _healthy(signs)


def _relay(signs: HealthSigns) -> Cause | None:
    if signs.alive("relay"):
        return None
    said = "the relay has stopped"
    last = max((one.seen_at for one in signs.processes if one.kind == "relay"), default=None)
    return Cause("relay", said, said, f"Start it with `transom relay`, {RESTART}.", last)


def _broker(signs: HealthSigns) -> Cause | None:
    """Fault of the broker, if every live relay reports one, else None.

    A forgotten relay with a wrong broker URL is thus no fault while another relay reaches the broker.
    """
    brokers = [one.broker for one in signs.alive("relay") if one.broker]
    troubles = [one for one in brokers if one.trouble]
    if not troubles or len(troubles) < len(brokers):
        return None
    found = broker_troubles.named(troubles[0].trouble)
    return Cause("broker", found.sentence, found.sentence, found.advice, troubles[0].answered_at)


def _unserved(signs: HealthSigns, queue: Queue) -> Cause | None:
    if signs.serving(queue.name):
        return None
    start = f"Start a worker with `{_start(signs)}`, {RESTART}."
    gone = signs.gone(queue.name)
    if gone is None:
        return Cause("no_worker", "no worker answers", "no worker answers", start, queue.last_ended_at)
    how = "was stopped" if gone.stopping else "has stopped answering"
    return Cause("no_worker", "no worker answers", f"worker {gone.name} {how}", start, gone.seen_at)


def _start(signs: HealthSigns) -> str:
    """Shell command that starts one worker for all queues without a worker."""
    lacking = [queue.name for queue in signs.queues if not signs.serving(queue.name)]
    return "transom worker" if len(lacking) == len(signs.queues) else f"transom worker {' '.join(lacking)}"


def _stalled(signs: HealthSigns, queue: Queue) -> Cause | None:
    """Fault of a queue in which jobs are due but no job has ended for LATE.

    None if a job of the queue is running within its time limit.
    """
    now, workers = signs.now, signs.serving(queue.name)
    due, ended = queue.due_since, queue.last_ended_at
    if (
        queue.pause
        or due is None
        or now - due <= SOON
        or now - max(one.started_at for one in workers) <= SOON
    ):
        return None
    if now - (ended or due) <= LATE or any(_may_run(kind, now - since) for kind, since in queue.running):
        return None
    names = " and ".join(one.name for one in workers)
    if sum(len(one.running) for one in signs.queues) >= sum(one.places for one in workers):
        said = "all workers are busy with other jobs"
        return Cause(
            "stalled",
            said,
            said,
            f"Start another with `transom worker {queue.name} --name {queue.name}`.",
            ended,
        )
    advice = "Restart it. `transom doctor` checks whether the broker answers."
    return Cause("stalled", "no worker starts any job", f"worker {names} starts no job", advice, ended)


def _may_run(kind: str, age: timedelta) -> bool:
    return age < timedelta(seconds=job_kind(kind).seconds)


def _failing(_signs: HealthSigns, queue: Queue) -> Cause | None:
    canary = queue.canary
    if queue.pause or not canary.error:
        return None
    return Cause(
        "failing",
        "their test job fails",
        f"their test job fails ({canary.error.rstrip('.')})",
        "It runs again every minute. `transom doctor` checks disk, storage, keys and mail.",
        canary.well_at,
    )


def _paused(_signs: HealthSigns, queue: Queue) -> Cause | None:
    if queue.pause is None:
        return None
    said = f"the queue {queue.name} is paused"
    advice = f"Resume it on the admin page, or with `transom queue resume {queue.name}`."
    return Cause("paused", said, f"{said} ({queue.pause.reason})", advice, queue.pause.at)


def _stopped(signs: HealthSigns, queues: Collection[Queue], cause: Cause) -> HealthReport:
    names = [NOUNS[queue.name] for queue in queues]
    what = "submissions" if len(queues) == len(signs.queues) else _listed(names)
    seconds = (signs.now - cause.since).total_seconds() if cause.since else 0.0
    how = f"have not been processed for {_duration(seconds)}" if seconds >= 1 else "are not being processed"
    waiting = _waiting(sum(queue.submissions for queue in queues), sum(queue.waiting for queue in queues))
    return HealthReport(
        False,
        f"{what.capitalize()} {how}: {cause.sentence}{waiting}.",
        f"{what.capitalize()} are not being processed: {cause.public}.",
        cause.advice,
        cause.name,
        f"{what.capitalize()} are not being processed: {cause.sentence}.",
    )


def _scheduler(signs: HealthSigns) -> HealthReport | None:
    start = f"Start it with `transom scheduler`, {RESTART}."
    if not signs.alive("scheduler"):
        said = "Submissions are being processed, but the scheduler has stopped: no tests, cleanup or mail digests run."
        return HealthReport(False, said, said, start, "scheduler", said)
    missed = [one for one in signs.schedules if one.missed]
    if missed:
        said = "Submissions are being processed, but the scheduler starts nothing"
        names = _listed([f"{one.kind} ({one.missed} times)" for one in missed])
        missing = f"{said}: it has missed {names}."
        return HealthReport(False, missing, f"{said}.", f"Restart it. {start}", "scheduler", f"{said}.")
    return None


def _chain(signs: HealthSigns) -> HealthReport | None:
    if not signs.are_events_late:
        return None
    said = "Submissions are being processed, but events of more than an hour ago are missing in the chain of events."
    return HealthReport(
        False, said, said, f"Restart the scheduler, {RESTART}. Its log says why.", "scheduler", said
    )


def _healthy(signs: HealthSigns) -> HealthReport:
    said = "Submissions are being processed"
    return HealthReport(True, f"{said}; {_oldest(signs)}.", f"{said}.", _dead_advice(signs.dead))


def _oldest(signs: HealthSigns) -> str:
    since = min((queue.since for queue in signs.queues if queue.since), default=None)
    if since is not None:
        return f"the oldest has waited {_waited((signs.now - since).total_seconds())}"
    if signs.retrying:
        return f"{_jobs(signs.retrying, 'waits', 'wait')} for a retry"
    return "nothing is due" if signs.scheduled else "nothing waits"


def _dead_advice(count: int) -> str:
    return (
        f"{_jobs(count, 'has', 'have')} failed for good. Retry or discard {'it' if count == 1 else 'them'} on the page Jobs, or with `transom jobs`."
        if count
        else ""
    )


def _waiting(submissions: int, jobs: int) -> str:
    if submissions:
        return f"; {submissions} submission{' waits' if submissions == 1 else 's wait'}"
    return f"; {_jobs(jobs, 'waits', 'wait')}" if jobs else ""


def _jobs(count: int, one: str, several: str) -> str:
    return f"{count} {f'job {one}' if count == 1 else f'jobs {several}'}"


def _waited(seconds: float) -> str:
    return "less than a second" if seconds < 1 else _duration(seconds)


def _duration(seconds: float) -> str:
    for size, word, until in ((1, "second", 120), (60, "minute", 7200), (3600, "hour", 48 * 3600)):
        if seconds < until:
            count = max(0, int(seconds / size))
            return f"{count} {word}{'s' * (count != 1)}"
    return f"{int(seconds / 86400)} days"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
