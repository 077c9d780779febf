"""A lost acknowledgement costs no place, whatever Celery and kombu make of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from kombu import Connection, Queue

from intake.settings import Settings
from workers.app import RUN, app
from workers.request import Request


class Away(Exception):
    """The broker does not answer."""


@pytest.fixture
def channel() -> Iterator[Any]:
    """To a broker in memory, which lets one message be unacknowledged at a time."""
    with Connection("memory://") as connection:
        channel: Any = connection.channel()
        channel.basic_qos(0, 1, False)
        yield channel


def taken(channel: Any) -> Any:
    """A message of a job that has been taken from the queue."""
    queue = Queue("places", channel=channel)
    queue.declare()
    with Connection("memory://") as connection, connection.Producer() as producer:
        headers = {"id": "1", "task": RUN, "lang": "py"}
        producer.publish([[1], {}, {}], routing_key="places", headers=headers, serializer="json")
    return queue.get(no_ack=False)


def request(message: Any) -> Request:
    import workers.jobs

    return Request(
        message,
        app=app,
        task=workers.jobs.run,
        on_ack=message.ack_log_error,
        connection_errors=(Away,),
    )


@pytest.mark.parametrize("away", [False, True])
def test_a_message_that_is_worked_on_makes_room_for_the_next(
    channel: Any, away: bool, monkeypatch: pytest.MonkeyPatch, app_settings: Settings
) -> None:
    message = taken(channel)
    assert not channel.qos.can_consume()

    def lost(*_: Any, **__: Any) -> None:
        raise Away

    if away:
        monkeypatch.setattr(channel, "basic_ack", lost)
    request(message).acknowledge()
    assert message.acknowledged is not away
    assert channel.qos.can_consume()


def test_the_worker_uses_it() -> None:
    import workers.jobs

    assert workers.jobs.run.Request == "workers.request:Request"
