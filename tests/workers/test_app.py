import logging
import socket
from typing import Any

import pytest
import redis
from celery import Celery
from kombu.exceptions import ContentDisallowed, OperationalError
from kombu.transport.virtual import QoS

from intake.job_kinds import JOB_KINDS, QUEUES
from tests.broker import Broker
from workers.app import KEEPALIVE, RUN, app


def test_every_job_has_a_queue_and_every_queue_work() -> None:
    from workers.runner import HANDLERS

    assert JOB_KINDS.keys() == HANDLERS.keys()
    assert {work.queue for work in JOB_KINDS.values()} == set(QUEUES) == set(app.amqp.queues.consume_from)


def test_the_worker_knows_the_one_task() -> None:
    import workers.runner

    ours = [name for name in app.tasks if not name.startswith("celery.")]
    assert ours == [RUN] == [workers.runner.run.name]


def test_a_message_that_is_not_json_is_refused(mortal_broker: Broker) -> None:
    """Access to the broker must not allow anyone to run code (ASVS 1.5.2)."""
    received: list[object] = []
    with app.connection_for_write() as connection, connection.SimpleQueue("text") as queue:
        queue.producer.publish([1], serializer="pickle")
    with app.connection_for_read() as connection:
        consumer = app.amqp.TaskConsumer(connection.default_channel)
        assert consumer.accept == {"application/json"}
        consumer.on_message = None
        consumer.register_callback(lambda body, message: received.append(body))
        with consumer, pytest.raises(ContentDisallowed):
            connection.drain_events(timeout=10)
    assert received == []


def test_sending_to_a_broker_that_is_away_fails_at_once(mortal_broker: Broker) -> None:
    """Celery does not retry, because the relay does so a second later.

    By default, it would block for 19 seconds.
    """
    mortal_broker.stop()
    with pytest.raises(OperationalError):
        app.send_task(RUN, args=(1,), retry=False)


def test_a_broker_on_a_machine_that_is_gone_is_noticed() -> None:
    options = app.conf.broker_transport_options
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection: Any = redis.Connection(  # type: ignore[no-untyped-call]
            port=server.getsockname()[1],
            socket_keepalive=options["socket_keepalive"],
            socket_keepalive_options=options["socket_keepalive_options"],
        )
        with connection._connect() as made:
            assert made.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            found = {name: made.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in KEEPALIVE}
    assert found == KEEPALIVE


def test_no_results_are_kept_and_no_chatter_is_sent() -> None:
    assert app.conf.task_ignore_result
    assert not app.conf.result_backend
    assert not app.conf.worker_send_task_events
    assert not app.conf.worker_enable_remote_control


@pytest.mark.parametrize("name", ["celery.worker.strategy", "celery.app.trace"])
def test_celery_does_not_say_what_the_ledger_says(
    name: str, celery_app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import app as module

    monkeypatch.setattr(module, "log_to_stderr", lambda: None)
    module._log_like_the_others()
    assert logging.getLogger(name).level == logging.WARNING


def test_nothing_is_acknowledged_to_the_broker(celery_app: Celery) -> None:
    """Without acknowledgements, none can be lost, after which a worker would receive no more messages."""
    with celery_app.connection_for_read() as connection:
        channel: Any = connection.default_channel
        assert type(channel.qos) is QoS
