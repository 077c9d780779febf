"""After withdrawal and scrub, no byte of marked submissions is in any file of the installation."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.health.scrub.planted import Planting, find, keys, temporary
from tests.waiting import until
from tests.whole import running

NUMBER = int(os.environ.get("TRANSOM_PLANTED") or 20)


@pytest.mark.slow
def test_no_mark_and_no_wrapped_key_is_left_in_any_file(tmp_path: Path) -> None:
    before = temporary()
    with running(tmp_path) as whole, psycopg.connect(_url(whole.settings.owner_url)) as connection:
        # The first scrub runs as soon as the installation does, and would remove what is planted from the log.
        until(lambda: _scrubs(connection) == 1, 60)
        planting = Planting(whole)
        for _ in range(NUMBER):
            planting.send()
        until(lambda: _count(connection, "status = 'in_review'") == NUMBER, 240)
        planting.live(connection)
        wrapped = keys(connection)
        assert len(wrapped) == 2 * NUMBER
        sealed, marks = [planting.mark.encode()], [planting.bare.encode()]
        # Words are in no file, not even while they are read and written.
        assert find(whole, before, sealed) == [{}]
        planted = find(whole, before, marks, wrapped)
        assert min(len(found) for found in planted) == 2, planted

        planting.withdraw()
        until(lambda: _count(connection, "status = 'purged' AND photo_count = 0") == NUMBER, 240)
        until(lambda: not connection.execute("SELECT FROM photos").fetchall(), 60)
        connection.execute("CHECKPOINT")
        withdrawn = find(whole, before, marks, wrapped)

        done = whole.transom("scrub", "--always")
        assert done.returncode == 0, done.stderr
        scrubbed = find(whole, before, marks + sealed, wrapped)
        print(f"\n{NUMBER} submissions: files with marks, and with wrapped keys")
        print(f"planted: {planted}\nwithdrawn: {withdrawn}\nscrubbed: {scrubbed}")
        # Otherwise the search would prove nothing.
        assert all(withdrawn)
        assert scrubbed == [{}, {}]


def _count(connection: "psycopg.Connection[tuple[int]]", condition: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM submissions WHERE {condition}").fetchone()
    connection.commit()
    return found[0] if found else 0


def _scrubs(connection: "psycopg.Connection[tuple[int]]") -> int:
    found = connection.execute("SELECT count(*) FROM scrubs WHERE succeeded_at IS NOT NULL").fetchone()
    connection.commit()
    return found[0] if found else 0


def _url(sqlalchemy_url: str) -> str:
    return sqlalchemy_url.replace("postgresql+psycopg://", "postgresql://", 1)
