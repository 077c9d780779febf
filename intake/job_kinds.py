"""Which queue each kind of work goes through, how long it may take, and whether it may be left undone. A worker serves one queue or several."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JobKind:
    """`seconds` may pass before the job is interrupted; STRICTNESS later its process is killed.

    A `gentle` one, tried again, takes another way that cannot end its worker. One that is done `once` is given up when it
    fails: another is due soon.
    """

    queue: str
    seconds: int = 120
    gentle: bool = False
    once: bool = False


QUEUES = ("text", "photos", "notify", "publish", "housekeeping")

CANARIES = {queue: f"canary.{queue}" for queue in QUEUES}
"""Queue → the kind of job that goes through it every minute to show that it is alive, as canaries did in mines."""

EVERY_QUEUE = "canaries"
"""The word for one of each."""

JOB_KINDS: dict[str, JobKind] = {
    "text.screen": JobKind("text", gentle=True),
    "photo.clean": JobKind("photos"),
    "photo.retouch": JobKind("photos"),
    "notify.now": JobKind("notify"),
    "notify.digest": JobKind("notify", 600),
    "decision.settle": JobKind("publish"),
    "batch.run": JobKind("publish", 1800),
    "photo.delete": JobKind("housekeeping"),
    "submission.purge": JobKind("housekeeping", 600),
    "housekeeping.sweep": JobKind("housekeeping", 1800),
    **{kind: JobKind(queue, once=True) for queue, kind in CANARIES.items()},
}

DISCARDABLE_KINDS = {
    "photo.clean": "The photo is refused and its original destroyed; its submission goes on without it.",
    "photo.retouch": "The photo stays as it was, and the desk is told: an editor has to ask again.",
    "notify.now": "The editor gets no mail of it; it stays on their page “For you”.",
    "notify.digest": "Who has not had this digest gets the next.",
    "batch.run": "What it has decided takes effect; the rest stays undecided, and the page of the batch says so.",
    "housekeeping.sweep": "The next one does its work.",
    **dict.fromkeys(CANARIES.values(), "The next one comes within a minute."),
}
"""What follows when an admin discards a job of a kind."""

NEVER_DISCARDED = {
    "text.screen": "Without its text a submission never reaches the desk.",
    "decision.settle": "A decision that is taken has to take effect, or be taken back at the desk.",
    "photo.delete": "What its contributor took out must be deleted.",
    "submission.purge": "What its contributor withdrew must be deleted.",
}
"""Why a job of any other kind is not discarded, only retried."""

UNKNOWN_KIND = JobKind("housekeeping")
"""For a kind that this version does not know: while versions change, the next one's jobs are in the ledger too."""

KILL_DELAY_SECONDS = 30
"""Seconds between the interruption of a job, which Python may hear of late, and the end of its process."""

YIELD_SECONDS = 3
"""A submission's second photo lets others pass that come up to so much later, its third twice as much, and so on:
one that brings one photo does not wait for all of one that brings twenty, and that one is not put off for ever.
"""


def job_kind(kind: str) -> JobKind:
    """What holds for a kind of job, known or not."""
    return JOB_KINDS.get(kind, UNKNOWN_KIND)
