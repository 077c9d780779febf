"""The one place of `intake` that speaks to the broker: only to ask whether it is there."""

import redis

ANSWER_SECONDS = 2


class BrokerRefused(Exception):
    """The broker answers, and does not let us in."""


def version(url: str) -> str | None:
    """The broker's version, or None if it does not answer or `url`, as Celery writes it, is none; Refused."""
    try:
        client = redis.Redis.from_url(
            _as_the_client_writes_it(url),
            socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS,
        )
    except ValueError:
        return None
    try:
        info: dict[str, str] = client.info("server")
    except (redis.AuthenticationError, redis.exceptions.NoPermissionError) as error:
        raise BrokerRefused from error
    except redis.RedisError:
        return None
    finally:
        client.close()
    name = "Valkey" if "valkey_version" in info else "Redis"
    return f"{name} {info.get('valkey_version') or info['redis_version']}"


def _as_the_client_writes_it(url: str) -> str:
    """Celery has a word of its own for a socket, and for the number of a database on it."""
    if not url.startswith("redis+socket://"):
        return url
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
