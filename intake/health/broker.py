"""Check whether the broker (Valkey or Redis) would accept a job.

No other file of `intake` uses a Redis client.
"""

from typing import Any

import redis

from intake.health.broker_troubles import recognized
from intake.job_kinds import QUEUES

ANSWER_SECONDS = 2
IN_PIPELINE = " of pipeline caused error: "


class BrokerUnusable(Exception):
    """The broker does not answer, or refuses jobs.

    `trouble` is a key of broker_troubles.TROUBLES, `answer` the server's error reply.
    """

    def __init__(self, trouble: str, answer: str = "") -> None:
        super().__init__(trouble)
        self.trouble, self.answer = trouble, answer


def version(url: str) -> str:
    """Name and version of the broker, such as `Valkey 8.1.1`. `url` is in Celery's format.

    Raises BrokerUnusable if the broker would not accept a job.
    """
    try:
        client = redis.Redis.from_url(
            _as_the_client_writes_it(url),
            socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            single_connection_client=True,
        )
    except (ValueError, redis.RedisError) as error:
        raise unusable(error) from error
    try:
        info: dict[str, str] = client.info("server")
        _try_to_send(client)
    except redis.RedisError as error:
        raise unusable(error) from error
    finally:
        client.close()
    name = "Valkey" if "valkey_version" in info else "Redis"
    return f"{name} {info.get('valkey_version') or info['redis_version']}"


def unusable(error: BaseException | None) -> BrokerUnusable:
    """Convert an error, or one of its causes, to BrokerUnusable."""
    refusal = None
    while error is not None:
        answer = _answer(error)
        if trouble := recognized(answer):
            return BrokerUnusable(trouble, answer)
        if isinstance(error, redis.ResponseError):
            refusal = refusal or BrokerUnusable("other", answer)
        error = error.__cause__ or error.__context__
    return refusal or BrokerUnusable("away")


def _try_to_send(client: Any) -> None:
    """Queue an LPUSH in a transaction, as for a job, then discard the transaction. Nothing is stored.

    The broker checks permissions and memory when it queues the command.
    """
    queue = QUEUES[0]
    client.llen(queue)
    client.execute_command("MULTI")
    client.execute_command("LPUSH", queue, "")
    client.execute_command("DISCARD")


def _answer(error: BaseException) -> str:
    """Error reply as the server sent it.

    The Redis client removes an error code that it knows from the reply, and stores it in `status_code`. In a
    pipeline, the client puts the command before the reply.
    """
    code = getattr(error, "status_code", None)
    said = str(error).rpartition(IN_PIPELINE)[2]
    return f"{code} {said}" if code else said


def _as_the_client_writes_it(url: str) -> str:
    """Convert the URL of a Unix socket from Celery's format to the format of the Redis client."""
    if not url.startswith("redis+socket://"):
        return url
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
