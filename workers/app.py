"""The Celery application. Celery carries job ids from the relay to a free process; the ledger does the rest."""

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

# A broker whose machine is gone without a word is noticed within half a minute, by who listens (keep-alive) and by who waits for
# an answer; else after hours, and a quarter of one. Seconds, but for the last. Not every system has all of them.
KEEPALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 20_000}

# The one task. Sent by name: the relay need not load what the workers do.
RUN = "transom.run"

app = Celery("transom", broker=settings().broker_url, include=["workers.runner"])
app.conf.update(
    # Job ids are numbers; pickle would let whoever reaches the broker run code (ASVS 1.5.2).
    accept_content=["json"],
    task_serializer="json",
    # The ledger records outcomes; a result backend would be a second, forgetful record.
    task_ignore_result=True,
    # Acknowledged when it is taken up, to nobody (ack_emulation): a job that dies with its worker comes back by its lease, from
    # the database, so the broker's own redelivery (an hour by default, and lost with the broker) is not needed.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings().worker_concurrency or None,
    # KB. A process that was ever beyond it is followed by a fresh one, so that a laptop stays usable; the photos' own memory is that of
    # the sandbox's processes, which end with their photo. A number of tasks would do it without need, and at times cost
    # seconds: Celery (5.6.3) may miss the end of a process, and looks again only every five.
    worker_max_memory_per_child=300_000,
    # SIGTERM gives running jobs 3 s (`transom worker` maps it to Celery's soft shutdown); the rest run again.
    worker_soft_shutdown_timeout=3,
    # A dead broker must neither end a worker nor cancel what it is doing.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # The relay asks once and tries again a second later; by default one send blocks 19 s while Redis is down.
    broker_connection_timeout=1,
    task_publish_retry=False,
    broker_transport_options={
        "max_retries": 0,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
        "socket_keepalive_options": {
            getattr(socket, name): value for name, value in KEEPALIVE.items() if hasattr(socket, name)
        },
        # Notices a connection that died without a word (celery discussions of deaf workers, #8030).
        "health_check_interval": 10,
        # The broker keeps no list of what was taken and not acknowledged: a job that was sent and not begun has its lease, as
        # one that runs has. Writing that list costs a worker half of its own time; and with the pinned pair an acknowledgement
        # that was lost with a broker cost a place of the prefetch limit for good, until the worker was deaf.
        "ack_emulation": False,
    },
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    task_queues=[Queue(name) for name in QUEUES],
    task_default_queue="text",
    timezone="UTC",
)

# Said to whoever is root, about pickle, which this application does not accept.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def _log_like_the_others(**_: Any) -> None:
    log_to_stderr()
    # One line for each task received and succeeded; the ledger knows it, and jobs.py says it once.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
