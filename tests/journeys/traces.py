"""Search for marks in all data of an installation: files, database, broker, output of its processes."""

import base64
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from redis import Redis

from intake import receipts
from intake.local.servers.postgres import programs
from tests.whole import Whole

BASE64 = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")


def spellings(receipt: str) -> list[str]:
    """Return a receipt in every form in which it could be stored: letters or digits, with and without hyphens."""
    canonical = receipts.canonical(receipt) or ""
    found = [receipts.grouped(canonical), receipts.in_digits(canonical)]
    return [canonical, *found, *(one.replace("-", "") for one in found)]


def dump(whole: Whole) -> bytes:
    """Return the whole database as SQL."""
    return subprocess.run(
        [programs() / "pg_dump", "--host", whole.settings.run_dir, "--username", "transom", "transom"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip


def nothing_tells(whole: Whole, marks: list[str], *more: bytes) -> None:
    """Assert that no mark is in the data folder (files, keys, PostgreSQL, Valkey), in the output of the processes, in a
    dump of the database, or in `more`."""
    beside = whole.settings.data_dir / "beside"
    beside.write_bytes(dump(whole) + b"".join(more))
    assert b"photo.clean" in beside.read_bytes()
    for mark in marks:
        for place in (whole.settings.data_dir, whole.log):
            found = subprocess.run(
                ["grep", "-rlaiF", mark, place], capture_output=True, text=True, check=False
            )
            assert found.stdout == "", f"{mark} in {found.stdout}"
            assert found.returncode == 1
    beside.unlink()


class Heard:
    """Commands that were sent to the broker, also with their base64 parts decoded."""

    def __init__(self) -> None:
        self._said: list[bytes] = []

    def add(self, said: bytes) -> None:
        """Remember a command."""
        self._said.append(said)

    def all(self) -> bytes:
        """Return all commands, followed by their decoded base64 parts."""
        said = b"\n".join(self._said)
        return said + b"\n".join(_decoded(said))


def _decoded(said: bytes) -> Iterator[bytes]:
    for found in BASE64.findall(said):
        yield base64.b64decode(found[: len(found) // 4 * 4])


@contextmanager
def listening(whole: Whole) -> Iterator[Heard]:
    """Record every command that the broker receives until the block ends, and then all its keys with their values.

    Yields the record, so that a test can search it for words of a submission.
    """
    heard = Heard()
    broker = Redis(unix_socket_path=str(whole.settings.run_dir / "valkey.sock"))
    monitor = broker.monitor()  # type: ignore[no-untyped-call]

    def listen() -> None:
        for command in monitor.listen():
            heard.add(str(command["command"]).encode())
            if "the end" in command["command"]:
                return

    with monitor:
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield heard
        finally:
            broker.echo("the end")
            thread.join(30)
    for key in broker.scan_iter():
        heard.add(key + b" " + repr(_value(broker, key)).encode())
    broker.close()


def _value(broker: "Redis", key: bytes) -> object:
    readers: dict[bytes, Callable[[bytes], object]] = {
        b"string": broker.get,
        b"list": lambda name: broker.lrange(name, 0, -1),
        b"set": broker.smembers,
        b"hash": broker.hgetall,
        b"zset": lambda name: broker.zrange(name, 0, -1, withscores=True),
        b"none": lambda _name: None,
    }
    return readers[bytes(broker.type(key))](key)  # type: ignore[arg-type]
