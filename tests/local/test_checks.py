import socket

import pytest

from intake.local import checks
from intake.local.errors import CannotStart
from tests.local.running import free_port


def test_a_free_port_is_fine() -> None:
    checks.port_free("127.0.0.1", free_port())


def test_a_port_whose_last_connection_still_lingers_is_fine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()
    checks.port_free("127.0.0.1", port)


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"^Port {port} is used .* PORT={port + 1}\.$"):
            checks.port_free("127.0.0.1", port)


def test_a_port_that_is_none() -> None:
    with pytest.raises(CannotStart, match="between 1 and 65535"):
        checks.port_free("127.0.0.1", 70_000)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(CannotStart, match="TRANSOM_HOST"):
        checks.port_free("192.0.2.1", free_port())


def test_a_port_kept_for_root() -> None:
    assert "above 1023" in checks._port_sentence("127.0.0.1", 80, PermissionError(13, "Permission denied"))


def test_servers_that_answer_are_fine(database_url: str, redis_url: str) -> None:
    checks.database_answers(database_url)
    checks.broker_answers(redis_url.partition("?")[0])


def test_a_database_address_that_makes_no_sense() -> None:
    with pytest.raises(
        CannotStart, match=r"^The database that TRANSOM_DATABASE_URL names does not answer \(.*\): "
    ):
        checks.database_answers("postgresql://[")


def test_a_broker_that_is_not_there() -> None:
    with pytest.raises(CannotStart, match=r"\(Connection refused\)"):
        checks.broker_answers(f"redis://127.0.0.1:{free_port()}/0")
