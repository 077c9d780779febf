from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from intake.db import DatabaseUnavailable, transaction
from intake.health import monitor, watch
from intake.models import HealthWatch, Incident
from intake.settings import Settings
from tests.forgetting import forget
from tests.waiting import until
from tests.web.test_health import beat
from workers.watch import HealthWatcher

URL = "https://monitor.example/0f9a"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Requests to the outside monitor. Each is answered by an error."""
    found: list[tuple[str, bool]] = []

    def ping(url: str, *, ok: bool) -> str:
        found.append((url, ok))
        return "answers 500"

    monkeypatch.setattr(monitor, "ping", ping)
    return found


@pytest.fixture
def monitored(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings with an outside monitor."""
    monkeypatch.setenv("TRANSOM_HEARTBEAT_URL", URL)
    forget()
    yield
    forget()


def age() -> None:
    with transaction() as session:
        session.execute(update(HealthWatch).values(looked_at=HealthWatch.looked_at - 2 * watch.JUST_NOW))


def test_the_thread_logs_what_it_sees(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(watch, "JUST_NOW", watch.JUST_NOW * 0)
    watcher = HealthWatcher(first_look=0)
    watcher.start()

    def logged() -> bool:
        with transaction() as session:
            return session.scalar(select(Incident.cause)) == "relay"

    until(logged, 30)
    watcher.stop()


def test_an_error_does_not_end_the_thread(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    errors = iter([DatabaseUnavailable("", {}, Exception()), ValueError()])
    seen: list[object] = []

    def check(_session: object) -> None:
        for error in errors:
            raise error
        seen.append(None)

    monkeypatch.setattr(watch, "check", check)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.01)
    watcher = HealthWatcher(first_look=0)
    watcher.start()
    until(lambda: bool(seen), 30)
    watcher.stop()


def test_nobody_outside_is_asked_without_an_address(
    app_settings: Settings, asked: list[tuple[str, bool]]
) -> None:
    HealthWatcher().turn()
    assert asked == []


def test_the_monitor_is_told_and_its_error_is_no_incident(
    monitored: None, asked: list[tuple[str, bool]]
) -> None:
    beat()
    HealthWatcher().turn()
    HealthWatcher().turn()
    assert asked == [(URL, True)]
    with transaction() as session:
        status = watch.monitor_status(session)
        assert status is not None
        assert status.error == "answers 500"
    age()
    report = HealthWatcher().turn()
    assert report is not None
    assert report.ok
    with transaction() as session:
        assert session.scalar(select(Incident.id)) is None


def test_a_fault_is_told_to_the_monitor(monitored: None, asked: list[tuple[str, bool]]) -> None:
    HealthWatcher().turn()
    assert asked == [(URL, False)]
