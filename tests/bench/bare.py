"""Celery with a task that does nothing, under those settings of workers/app.py that do not speak of our jobs.

But the broker keeps its list of what is in hand, as it does unless it is told otherwise: there is no ledger that would know. It is told
so for the one case (TRANSOM_BENCH_FORGETFUL) that shows what this costs.
"""

import os

from celery import Celery

from intake.settings import settings
from workers.app import app as ours

QUEUE = "bare"
ALIKE = (
    "accept_content",
    "task_ignore_result",
    "task_serializer",
    "worker_concurrency",
    "worker_enable_remote_control",
    "worker_max_memory_per_child",
    "worker_prefetch_multiplier",
    "worker_send_task_events",
)

app = Celery("bare", broker=settings().broker_url)
app.conf.update(
    {name: ours.conf[name] for name in ALIKE},
    task_default_queue=QUEUE,
    broker_transport_options=ours.conf.broker_transport_options
    | {"ack_emulation": not os.environ.get("TRANSOM_BENCH_FORGETFUL"), "visibility_timeout": 300},
)


@app.task(acks_late=False, shared=False)
def early(_number: int) -> None:
    """Task acknowledged at its start, and lost if its process dies."""


@app.task(acks_late=True, shared=False)
def late(_number: int) -> None:
    """Task acknowledged when done, and redelivered if its process dies."""
