"""The one place of `intake` that speaks to the broker: only to ask whether it is there."""

import redis

ANSWER_SECONDS = 2


def version(url: str) -> str | None:
    """The broker's version, or None if it does not answer. `url` as Celery writes it."""
    client = redis.Redis.from_url(
        url.replace("redis+socket://", "unix://"), socket_connect_timeout=ANSWER_SECONDS, socket_timeout=ANSWER_SECONDS
    )
    try:
        info: dict[str, str] = client.info("server")
    except redis.RedisError:
        return None
    finally:
        client.close()
    name = "Valkey" if "valkey_version" in info else "Redis"
    return f"{name} {info.get('valkey_version') or info['redis_version']}"
