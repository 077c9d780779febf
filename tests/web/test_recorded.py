"""Restored states: rows, files and results equal the recorded ones. Not restored if anything else happened before."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import psycopg
import pytest

from intake.settings import Settings
from intake.submissions import usual_time
from intake.web import Transom
from tests.cast import join
from tests.databases import Databases
from tests.engines import written
from tests.web.people import Newsroom
from tests.web.recorded import Recorded

if TYPE_CHECKING:
    import redis

Again = Callable[[], Recorded]


@pytest.fixture
def again(
    app: Transom,
    app_settings: Settings,
    databases: Databases,
    _emptied_broker: "redis.Redis",
    monkeypatch: pytest.MonkeyPatch,
) -> Again:
    """Function that empties the installation, as before the next test."""

    def empty() -> Recorded:
        url = app_settings.database_url
        assert databases._empty(url)
        (app_settings.data_dir / "of-a-step").unlink(missing_ok=True)
        return Recorded(app, app_settings, databases.connection(url), _emptied_broker, monkeypatch, written())

    return empty


class Made:
    """A step with rows, a file, cookies and a result. It counts how often it was done."""

    def __init__(self, app: Transom, config: Settings, name: str) -> None:
        self.config, self.name, self.times = config, name, 0
        self.person = Newsroom(app.test_client())

    def take(self, recorded: Recorded) -> object:
        return recorded.step(("of these tests", self.name), self._do, self.person.client)

    def _do(self) -> str:
        self.times += 1
        join(self.name, "editor")
        (self.config.data_dir / "of-a-step").write_bytes(self.name.encode())
        self.person.client.set_cookie("of-a-step", self.name)
        return self.name

    def left(self) -> object:
        with psycopg.connect(self.config.database_url) as connection:
            rows = connection.execute(
                "SELECT one::text FROM editors one UNION ALL SELECT one::text FROM events one"
            )
            cookie = self.person.client.get_cookie("of-a-step")
            return sorted(rows.fetchall()), (self.config.data_dir / "of-a-step").read_bytes(), cookie


@pytest.fixture
def made(app: Transom, app_settings: Settings, request: pytest.FixtureRequest) -> Made:
    return Made(app, app_settings, request.node.name)


def test_what_a_step_left_is_put_back(made: Made, recorded: Recorded, again: Again) -> None:
    assert made.take(recorded) == made.name
    left = made.left()
    made.person.client.delete_cookie("of-a-step")
    assert made.take(again()) == made.name
    assert made.left() == left
    assert made.times == 1
    # Sequences are restored too, so the next row has the next id.
    assert join("Tomas Havlik").id == 2


def test_a_step_after_something_else_is_done(made: Made, recorded: Recorded, again: Again) -> None:
    made.take(recorded)
    later = again()
    join("Tomas Havlik")
    made.take(later)
    assert made.times == 2


def test_a_step_is_done_where_something_is_replaced(
    made: Made, recorded: Recorded, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.take(recorded)
    monkeypatch.setattr(usual_time, "__doc__", "Something else.")
    made.take(again())
    assert made.times == 2


def test_a_step_is_done_under_other_settings(
    made: Made, recorded: Recorded, again: Again, app: Transom, app_settings: Settings
) -> None:
    made.take(recorded)
    app.extensions["settings"] = "others"
    made.take(again())
    assert made.times == 2


def test_a_step_is_done_where_the_test_had_begun(made: Made, request: pytest.FixtureRequest) -> None:
    join("Tomas Havlik")
    made.take(request.getfixturevalue("recorded"))
    assert made.take(request.getfixturevalue("again")()) == made.name
    assert made.times == 2
