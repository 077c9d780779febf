"""Celery application.

Celery carries the ids of jobs from the relay to a free worker process. Status, attempts, retries and results
of jobs are in the job ledger, a table in PostgreSQL.
"""

import logging
import socket
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging
from kombu import Queue

from intake.job_kinds import QUEUES
from intake.logs import log_to_stderr
from intake.settings import settings

# With these socket options, a client notices within half a minute that the broker's machine is gone. Without
# them, that can take hours. The TCP_KEEP* options cover an idle connection. TCP_USER_TIMEOUT covers a
# connection with unacknowledged data. TCP_USER_TIMEOUT is in milliseconds, TCP_KEEPIDLE and TCP_KEEPINTVL are
# in seconds. Some operating systems lack some of these options.
KEEPALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 20_000}

# Name of the only Celery task. The relay sends the task by name, so it need not import the task's code.
RUN = "transom.run"

app = Celery("transom", broker=settings().broker_url, include=["workers.runner"])
app.conf.update(
    # JSON is enough for job ids. Pickle would let anyone with access to the broker run code (ASVS 1.5.2).
    accept_content=["json"],
    task_serializer="json",
    # The ledger records results. A result backend would be a second, less durable record.
    task_ignore_result=True,
    # A message is acknowledged before the task runs. This has no effect (see ack_emulation below). If a
    # worker dies, its job is set back to pending when the job's lease expires. Redelivery by the broker would
    # take an hour by default, and would not survive the loss of the broker.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings().worker_concurrency or None,
    # In KB. A worker process that exceeds this limit is replaced after its task, so that a laptop stays
    # usable. Photos are decoded in sandbox processes, which exit after each photo.
    # `worker_max_tasks_per_child` would replace processes needlessly. A replacement can cost seconds, because
    # Celery 5.6.3 may miss the exit of a process and checks only every five seconds.
    worker_max_memory_per_child=300_000,
    # After SIGTERM, running jobs have 3 s to finish. `transom worker` maps SIGTERM to Celery's soft shutdown.
    # Interrupted jobs run again.
    worker_soft_shutdown_timeout=3,
    # Loss of the broker must neither stop a worker nor cancel its running jobs.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # If sending fails, the relay tries again a second later, so Celery must not retry. By default, sending
    # one message blocks for 19 s while Redis is down.
    broker_connection_timeout=1,
    task_publish_retry=False,
    broker_transport_options={
        "max_retries": 0,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
        "socket_keepalive_options": {
            getattr(socket, name): value for name, value in KEEPALIVE.items() if hasattr(socket, name)
        },
        # Detects a dead connection, a known cause of workers that stop receiving messages (celery #8030).
        "health_check_interval": 10,
        # Keep no list of unacknowledged messages in the broker, because the leases in the ledger replace it.
        # Writing this list costs half of a worker's own time. With Celery 5.6.3, an
        # acknowledgement that was lost with the broker also counted against the prefetch limit for ever. In
        # the end, the worker received no more messages.
        "ack_emulation": False,
    },
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    task_queues=[Queue(name) for name in QUEUES],
    task_default_queue="text",
    timezone="UTC",
)

# Celery warns if a worker runs as root, because of pickle. This application does not accept pickle.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def _log_like_the_others(**_: Any) -> None:
    log_to_stderr()
    # Celery logs each task when it is received and when it succeeds. workers/runner.py already logs each job.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
