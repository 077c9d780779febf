"""Checks before `transom up` starts. Each raises CannotStart with one sentence that says what to do."""

import errno
import socket

import psycopg

from intake.health import broker_troubles
from intake.local.errors import CannotStart
from intake.local.servers import ping


def port_free(host: str, port: int) -> None:
    """Check that the web server can listen on the port. Raises CannotStart."""
    if not 0 < port < 65536:  # getaddrinfo would use the port modulo 65536
        raise CannotStart(f"PORT is {port}, but a port lies between 1 and 65535.")
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            # The web server sets SO_REUSEADDR too. Without it, connections of a server that has just ended
            # would still block the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotStart(_port_sentence(host, port, error)) from None


def _port_sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is used by another program: stop that program, or choose another port, as in PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for root: choose one above 1023, as in PORT=8000."
    return (
        f"This machine cannot listen on {host}: set TRANSOM_HOST to an address of its own, such as 127.0.0.1."
    )


def database_answers(url: str) -> None:
    """Check that an external database answers. Raises CannotStart."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        why = " ".join(str(error).split()).rstrip(".")
        raise CannotStart(
            f"The database that TRANSOM_DATABASE_URL names does not answer ({why}): start it, or correct the address."
        ) from None


def broker_answers(url: str) -> None:
    """Check that an external broker answers. Raises CannotStart."""
    if why := ping.failure(url):
        found = broker_troubles.named(broker_troubles.recognized(why) or "away")
        raise CannotStart(
            f"TRANSOM_REDIS_URL names a broker that cannot be used: {found.sentence} ({why.split('. ')[0].rstrip('.')}). {found.advice}"
        )
