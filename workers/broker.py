"""What the broker says of itself."""

from typing import Any

import redis
from kombu.exceptions import OperationalError as BrokerDown

from intake.queues import QUEUES
from workers.app import app

BROKER_ERRORS = (BrokerDown, redis.RedisError, ConnectionError, TimeoutError)


def ask() -> tuple[str, dict[str, int]]:
    """The broker's run id, another after every restart, and how many messages wait in each queue; BROKER_ERRORS."""
    with app.producer_or_acquire() as producer:
        channel: Any = producer.channel  # kombu's Redis transport keeps its client there
        with channel.client.pipeline(transaction=False) as asked:
            asked.info("server")
            for queue in QUEUES:
                asked.llen(queue)
            server, *counts = asked.execute()
        return str(server["run_id"]), dict(zip(QUEUES, map(int, counts), strict=True))
