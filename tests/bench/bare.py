"""Celery with a task that does nothing, under the settings of workers/app.py that are not about Transom's jobs.

The broker keeps its list of unacknowledged messages, as it does by default, because there is no ledger. One
case switches the list off (TRANSOM_BENCH_FORGETFUL), to show its cost.
"""

import os

from celery import Celery

import workers.app
from intake.settings import settings

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
    {name: workers.app.app.conf[name] for name in ALIKE},
    task_default_queue=QUEUE,
    broker_transport_options=workers.app.app.conf.broker_transport_options
    | {"ack_emulation": not os.environ.get("TRANSOM_BENCH_FORGETFUL"), "visibility_timeout": 300},
)


@app.task(acks_late=False, shared=False)
def early(_number: int) -> None:
    """Task acknowledged at its start, and lost if its process dies."""


@app.task(acks_late=True, shared=False)
def late(_number: int) -> None:
    """Task acknowledged when done, and redelivered if its process dies."""
