"""The machines, for an admin's programs."""

from intake.health.broker_troubles import TROUBLES
from intake.job_kinds import CANARIES, EVERY_QUEUE, QUEUES
from intake.jobs.job_filter import CHOICES, NAMES, STATES
from intake.models.heartbeat import KINDS
from intake.models.job import OPEN_STATUSES
from intake.subscriptions import SCHEDULES
from intake.web.api.schema.bodies import body
from intake.web.api.schema.operations import WRITING, as_json, operation
from intake.web.api.schema.parts import (
    MAYBE_TEXT,
    MAYBE_TIME,
    NUMBER,
    TEXT,
    TIME,
    URL,
    YES_OR_NO,
    Json,
    listed,
    reference,
    shape,
)
from intake.web.forms.admin import MOST_NAMED, REASON_CHARACTERS

_ADMIN = "/api/v1/admin"
_MAYBE_UUID: Json = {
    "type": ["string", "null"],
    "format": "uuid",
    "description": "null: it has no page at the desk.",
}
_REASON: Json = {**TEXT, "maxLength": REASON_CHARACTERS, "description": "The others see it."}
_LINE: Json = {
    "id": NUMBER,
    "url": URL,
    "kind": TEXT,
    "queue": {"enum": list(QUEUES)},
    "state": {"enum": list(STATES)},
    "attempts": NUMBER,
    "at": {**TIME, "description": "When it ended, began, or is or was to begin, by its state."},
    "error": MAYBE_TEXT,
    "stage": {**MAYBE_TEXT, "description": "How far a running one has come, where its kind tells."},
    "worker": MAYBE_TEXT,
    "submission_short": MAYBE_TEXT,
    "submission_id": _MAYBE_UUID,
    "may_retry": YES_OR_NO,
    "may_discard": YES_OR_NO,
}
_INCIDENT = shape({"event": TEXT, "at": TIME, "actor": MAYBE_TEXT, "sentence": TEXT, "why": TEXT})
_STORY: Json = {
    "started_by": {**TEXT, "description": "An event, or the slot of the clock."},
    "created_at": TIME,
    "run_at": TIME,
    "started_at": MAYBE_TIME,
    "finished_at": MAYBE_TIME,
    "last_worker": MAYBE_TEXT,
    "traceback": {**MAYBE_TEXT, "description": "Places, without values."},
    "follows": {**TEXT, "description": "What discarding it would do, or why it cannot be done."},
    "incidents": {**listed(_INCIDENT), "description": "What befell it, and what was done with it."},
}
_GROUP = shape(
    {
        "kind": TEXT,
        "error": TEXT,
        "dead": {**NUMBER, "description": "Given up: they wait for an admin."},
        "again": {**NUMBER, "description": "Tried again by themselves."},
        "first": TIME,
        "last": TIME,
        "example": {**URL, "description": "The newest of these jobs."},
        "traceback": MAYBE_TEXT,
        "jobs": {**URL, "description": "All of them."},
        "submissions": listed(shape({"short": TEXT, "id": _MAYBE_UUID})),
    }
)


def _maybe(schema: Json) -> Json:
    return {"oneOf": [{"type": "null"}, schema]}


_PAUSE = _maybe(
    shape(
        {"at": TIME, "by": {**MAYBE_TEXT, "description": "null: a command on the machine."}, "reason": TEXT}
    )
)
_PROCESS = shape(
    {
        "name": TEXT,
        "kind": {"enum": list(KINDS)},
        "alive": YES_OR_NO,
        "started_at": TIME,
        "seen_at": TIME,
        "stop_asked_at": {**MAYBE_TIME, "description": "When an admin asked it to finish and stop."},
        "stopping": YES_OR_NO,
        "version": TEXT,
        "memory": {"type": ["integer", "null"], "description": "Bytes, of it and its children."},
        "queues": listed(TEXT),
        "places": {**NUMBER, "description": "How many jobs it can run at once."},
        "sandbox": MAYBE_TEXT,
        "broker": _maybe(
            shape(
                {
                    "version": TEXT,
                    "memory": NUMBER,
                    "most_memory": {**NUMBER, "description": "0: no limit."},
                    "trouble": {
                        **TEXT,
                        "description": f"Empty while it takes what is sent, else one of {', '.join(TROUBLES)}.",
                    },
                    "answered_at": MAYBE_TIME,
                }
            )
        ),
        "work": shape({"running": NUMBER, "ended": NUMBER, "last_ended_at": MAYBE_TIME}),
    }
)
_CANARY = shape(
    {
        "at": MAYBE_TIME,
        "well_at": MAYBE_TIME,
        "error": {**TEXT, "description": "Empty if the last came through well."},
    }
)
_SCHEDULE = shape(
    {
        "kind": TEXT,
        "every": {**NUMBER, "description": "Seconds."},
        "last_at": MAYBE_TIME,
        "next_at": TIME,
        "under_way": YES_OR_NO,
        "missed": NUMBER,
    }
)
_KIND = shape({"kind": TEXT, "count": NUMBER, "says": TEXT})
SCHEMAS = {
    "Machines": shape(
        {
            "verdict": shape(
                {
                    "ok": YES_OR_NO,
                    "sentence": TEXT,
                    "public": {**TEXT, "description": "Without a figure or a name."},
                    "advice": TEXT,
                }
            ),
            "processes": listed(_PROCESS),
            "queues": listed(reference("WorkQueue")),
            "schedules": listed(_SCHEDULE),
            "jobs": {
                **shape(dict.fromkeys(OPEN_STATUSES, NUMBER)),
                "description": "Those that are not over, by status.",
            },
        }
    ),
    "WorkQueue": shape(
        {
            "name": {"enum": list(QUEUES)},
            "waiting": {**NUMBER, "description": "Jobs that are due and not begun."},
            "submissions": {**NUMBER, "description": "Of so many submissions."},
            "since": {**MAYBE_TIME, "description": "When the oldest that waits was due."},
            "due_since": {**MAYBE_TIME, "description": "The same, with canaries."},
            "running": listed(shape({"kind": TEXT, "since": TIME})),
            "last_ended_at": MAYBE_TIME,
            "canary": _CANARY,
            "pause": _PAUSE,
        }
    ),
    "Jobs": shape(
        {
            "items": listed(shape(_LINE)),
            "next": {"type": ["string", "null"], "format": "uri"},
            "count": {"allOf": [reference("Count")], "description": "Of all that the filter chooses."},
            "retriable": NUMBER,
            "discardable": NUMBER,
        }
    ),
    "Job": shape(_LINE | _STORY),
    "Failures": shape({"items": listed(_GROUP)}),
    "Retried": shape({"count": NUMBER}),
    "Asked": shape({"asked": {**YES_OR_NO, "description": "false: it was asked before."}}),
    "Started": shape(
        {"started": {**listed(TEXT), "description": "Kinds; those that were under way are left out."}}
    ),
    "Discarded": shape(
        {"count": NUMBER, "kept": {**listed(_KIND), "description": "Kinds that must be done, and why."}}
    ),
}
_FILTER: Json = {
    "type": "object",
    "minProperties": 1,
    "properties": {name: {"enum": sorted(CHOICES[name])} if name in CHOICES else TEXT for name in NAMES},
    "additionalProperties": False,
}
_WHICH: Json = {
    "ids": {**listed({**NUMBER, "minimum": 1}), "minItems": 1, "maxItems": MOST_NAMED},
    "filter": {**_FILTER, "description": "Instead of `ids`: all that it chooses."},
}
_COUNT: Json = {**NUMBER, "description": "As it was read. Where it is another by now, nothing is done."}
_RETRY = body(
    {**_WHICH, "reason": _REASON}, filter={"status": "dead", "queue": "photos"}, reason="The disk is back"
)
_DISCARD = body(
    {**_WHICH, "reason": _REASON, "count": _COUNT}, "reason", ids=[1207], reason="The file is no photo"
)
_STOP = body({"reason": _REASON}, "reason", reason="The disk is being replaced")
_UPGRADE = body({"reason": _REASON}, "reason", reason="Upgrade")
_RUN = body(
    {
        "kind": {"enum": [EVERY_QUEUE, *(kind for kind in SCHEDULES if kind not in CANARIES.values())]},
        "reason": _REASON,
    },
    "kind",
    "reason",
    kind=EVERY_QUEUE,
    reason="The disk was replaced",
)
_WORKER: Json = {"name": "worker", "in": "path", "required": True, "schema": TEXT}
_ID: Json = {"name": "job_id", "in": "path", "required": True, "schema": NUMBER}
_QUEUE: Json = {"name": "queue", "in": "path", "required": True, "schema": TEXT}
_CHOSEN = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "schema": {"enum": sorted(CHOICES[name])} if name in CHOICES else TEXT,
    }
    for name in NAMES
]
_AFTER: Json = {
    "name": "after",
    "in": "query",
    "required": False,
    "schema": NUMBER,
    "description": "From `next`.",
}
_NO_JOB = {"404": "No such job."}
_NO_QUEUE = {"404": "No such queue."}
_LEVER = {
    **WRITING,
    "404": "One of these was never a job.",
    "409": "One of these is where this cannot be done (`not_these`), or it is another number by now (`miscounted`).",
}
PATHS: Json = {
    f"{_ADMIN}/status": {
        "get": operation("readStatus", "admin", "Whether submissions are being processed.", as_json("Machines"), {}, parameters=[]),
    },
    f"{_ADMIN}/jobs": {
        "get": operation("listJobs", "admin", "A page of jobs, the newest first; without a status, all that is not over.", as_json("Jobs"), {"422": "A filter that is not known."}, parameters=[*_CHOSEN, _AFTER]),
    },
    f"{_ADMIN}/failures": {
        "get": operation("listFailures", "admin", "What failed, by error.", as_json("Failures"), {}, parameters=[]),
    },
    f"{_ADMIN}/jobs/retries": {
        "post": operation("retryJobs", "admin", "Put jobs in line again.", as_json("Retried", words="In line."), _LEVER, parameters=[], requestBody=_RETRY),
    },
    f"{_ADMIN}/jobs/discards": {
        "post": operation("discardJobs", "admin", "Leave jobs undone, with what follows for their submissions.", as_json("Discarded", words="Left undone."), _LEVER, parameters=[], requestBody=_DISCARD),
    },
    f"{_ADMIN}/jobs/{{job_id}}": {
        "get": operation("readJob", "admin", "One job and its story.", as_json("Job"), _NO_JOB, parameters=[_ID]),
    },
    f"{_ADMIN}/queues/{{queue}}/pause": {
        "post": operation("pauseQueue", "admin", "Begin no more jobs of a queue.", as_json("WorkQueue"), {**WRITING, **_NO_QUEUE}, parameters=[_QUEUE], requestBody=_STOP),
    },
    f"{_ADMIN}/workers/{{worker}}/stop": {
        "post": operation("stopWorker", "admin", "Have a worker finish what it has in hand, and end.", as_json("Asked"), {**WRITING, "404": "No such worker."}, parameters=[_WORKER], requestBody=_UPGRADE),
    },
    f"{_ADMIN}/schedules/runs": {
        "post": operation("runNow", "admin", "Start what the clock would start later.", as_json("Started"), WRITING, parameters=[], requestBody=_RUN),
    },
    f"{_ADMIN}/queues/{{queue}}/resume": {
        "post": operation("resumeQueue", "admin", "Let a queue go on.", as_json("WorkQueue"), _NO_QUEUE, parameters=[_QUEUE]),
    },
}  # fmt: skip
