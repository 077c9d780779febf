"""Kinds of jobs: the queue of each, its time limit, and whether an admin may discard it.

A worker serves one queue or several.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class JobKind:
    """Settings of one kind of job.

    `seconds` is the soft time limit. KILL_DELAY_SECONDS later, the worker kills the process.
    With `has_fallback`, a second attempt uses a simpler method that cannot kill its worker process.
    With `single_attempt`, a failed job is not retried, because the next job of this kind is due soon.
    """

    queue: str
    seconds: int = 120
    has_fallback: bool = False
    single_attempt: bool = False


QUEUES = ("text", "photos", "notify", "publish", "housekeeping")

CANARIES = {queue: f"canary.{queue}" for queue in QUEUES}
"""Queue → kind of the test job sent through it every minute, to show that a worker serves the queue."""

EVERY_QUEUE = "canaries"
"""Name with which an admin starts one canary in each queue."""

JOB_KINDS: dict[str, JobKind] = {
    "text.screen": JobKind("text", has_fallback=True),
    "search.index": JobKind("text"),
    "photo.clean": JobKind("photos"),
    "photo.retouch": JobKind("photos"),
    "photo.faces": JobKind("photos"),
    "notify.now": JobKind("notify"),
    "notify.overruled": JobKind("notify"),
    "notify.digest": JobKind("notify", 600),
    "notify.head": JobKind("notify", 600),
    "notify.account": JobKind("notify"),
    "notify.login_link": JobKind("notify"),
    "notify.test": JobKind("notify"),
    "decision.settle": JobKind("publish"),
    "batch.run": JobKind("publish", 1800),
    "photo.delete": JobKind("housekeeping"),
    "original.delete": JobKind("housekeeping"),
    "submission.purge": JobKind("housekeeping", 600),
    "housekeeping.sweep": JobKind("housekeeping", 1800),
    "retention.run": JobKind("housekeeping", 3600),
    "housekeeping.scrub": JobKind("housekeeping", 3600),
    **{kind: JobKind(queue, single_attempt=True) for queue, kind in CANARIES.items()},
}

DISCARDABLE_KINDS = {
    "photo.clean": "The photo is refused and its original destroyed. Its submission continues without it.",
    "photo.retouch": "The photo stays as it was, and the desk shows that. An editor has to ask again.",
    "photo.faces": "The redaction page says that the program could not look for faces. Editors mark them themselves.",
    "notify.now": "The editor gets no mail about it. It stays on their page “For you”.",
    "notify.overruled": "The editor who approved the submission first is not told that a second editor decided otherwise.",
    "notify.digest": "Editors who have not received this digest get the next one.",
    "notify.head": "Chief editors who have not received this head of the chain of events get the next one, in a week.",
    "notify.account": "The person gets no mail about it. The notice stays on the pages of the desk.",
    "notify.login_link": "The person gets no link, and can ask for another one.",
    "notify.test": "The admin gets no test message, and can ask for another one.",
    "search.index": "The search does not find the submission by the guest's note, until somebody changes the submission.",
    "batch.run": "Decisions already made take effect. The rest stays undecided, and the batch page says so.",
    "housekeeping.sweep": "The next sweep does its work.",
    "retention.run": "What is due is deleted in the next night.",
    "housekeeping.scrub": "Traces of deleted submissions stay in the database’s files until the next scrub.",
    **dict.fromkeys(CANARIES.values(), "The next canary follows within a minute."),
}
"""Kind → consequence when an admin discards a job of this kind."""

NEVER_DISCARDED = {
    "text.screen": "Without its text, a submission never reaches the desk.",
    "decision.settle": "A decision has to take effect, or be undone at the desk.",
    "photo.delete": "A photo that its contributor removed must be deleted.",
    "original.delete": "The unchanged file of a photo must be deleted.",
    "submission.purge": "A submission that its contributor withdrew must be deleted.",
}
"""Kind → reason why a job of this kind can only be retried, never discarded."""

UNKNOWN_KIND = JobKind("housekeeping")
"""Settings for a kind that this version does not know.

During an upgrade, the ledger also holds jobs of the newer version.
"""

KILL_DELAY_SECONDS = 30
"""Seconds between the soft time limit of a job and the kill of its process.

C code may delay Python's signal handler, so the soft limit alone is not enough.
"""

YIELD_SECONDS = 3
"""Seconds by which the job of each further photo of a submission moves back in its queue.

The second photo waits for jobs that arrive up to this many seconds later, the third for twice as many.
A submission with one photo then does not wait behind a submission with twenty, and neither starves.
"""


def job_kind(kind: str) -> JobKind:
    """Return the settings of a kind of job, or UNKNOWN_KIND."""
    return JOB_KINDS.get(kind, UNKNOWN_KIND)
