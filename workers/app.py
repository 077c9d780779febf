"""Celery application.

Celery carries job ids from the relay to a free worker process. The ledger does the rest.
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

# With these socket options, a vanished broker machine is noticed within half a minute instead of minutes or hours.
# Keep-alive covers an idle connection, TCP_USER_TIMEOUT one that waits for a response. Values are in seconds, the last
# in milliseconds. Some systems lack some of them.
KEEPALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 20_000}

# The only task. It is sent by name, so that the relay need not import the tasks.
RUN = "transom.run"

app = Celery("transom", broker=settings().broker_url, include=["workers.runner"])
app.conf.update(
    # JSON is enough for job ids. Pickle would let anyone with access to the broker run code (ASVS 1.5.2).
    accept_content=["json"],
    task_serializer="json",
    # The ledger records results. A result backend would be a second, less durable record.
    task_ignore_result=True,
    # Acknowledged at the start, without effect (see ack_emulation). A job that dies with its worker returns when its lease
    # expires. The broker's own redelivery takes an hour by default, and is lost with the broker.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings().worker_concurrency or None,
    # In KB. A process that ever exceeds it is replaced, so that a laptop stays usable. Decoding happens in sandbox processes,
    # which exit after each photo. A maximum number of tasks would replace processes needlessly. That can cost seconds,
    # because Celery 5.6.3 may miss the exit of a process and checks only every five seconds.
    worker_max_memory_per_child=300_000,
    # SIGTERM gives running jobs 3 s (`transom worker` maps it to Celery's soft shutdown). Interrupted jobs run again.
    worker_soft_shutdown_timeout=3,
    # A dead broker must neither stop a worker nor cancel its running jobs.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # The relay tries once, and again a second later. By default, one send blocks for 19 s while Redis is down.
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
        # The broker keeps no list of unacknowledged messages, because leases in the ledger replace it. Writing the list costs
        # a worker half of its own time. With Celery 5.6.3, an acknowledgement lost with the broker also occupied a place of
        # the prefetch limit for ever, until the worker received no more messages.
        "ack_emulation": False,
    },
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    task_queues=[Queue(name) for name in QUEUES],
    task_default_queue="text",
    timezone="UTC",
)

# Celery warns root about pickle, which this application does not accept.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def _log_like_the_others(**_: Any) -> None:
    log_to_stderr()
    # Celery logs a line when it receives a task and one when it succeeds. The runner already logs each job once.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
