"""State of the broker (Valkey or Redis), as the broker reports it."""

from dataclasses import dataclass
from typing import Any

import redis
from kombu.exceptions import OperationalError as BrokerDown

from intake.job_kinds import QUEUES
from workers.app import app

BROKER_ERRORS = (BrokerDown, redis.RedisError, ConnectionError, TimeoutError)


@dataclass(frozen=True)
class Broker:
    """State of the broker.

    `run` is the `run_id` of the server, which changes with every restart. `waiting` is the number of messages
    in each queue. Memory is in bytes. `most_memory` is the broker's `maxmemory`, 0 for no limit.
    """

    run: str
    version: str
    waiting: dict[str, int]
    memory: int
    most_memory: int


def ask() -> Broker:
    """Ask the broker for its state. Raises one of BROKER_ERRORS."""
    with app.producer_or_acquire() as producer:
        channel: Any = producer.channel  # in kombu's Redis transport, `channel.client` is the Redis client
        with channel.client.pipeline(transaction=False) as asked:
            asked.info("server")
            asked.info("memory")
            for queue in QUEUES:
                asked.llen(queue)
            server, memory, *counts = asked.execute()
    name = "Valkey" if "valkey_version" in server else "Redis"
    return Broker(
        run=str(server["run_id"]),
        version=f"{name} {server.get('valkey_version') or server['redis_version']}",
        waiting=dict(zip(QUEUES, map(int, counts), strict=True)),
        memory=int(memory["used_memory"]),
        most_memory=int(memory["maxmemory"]),
    )
