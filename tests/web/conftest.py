"""Fixtures of the web tests: the application on its own installation, and people with browsers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from flask_security import hash_password
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from intake.accounts import invitations
from intake.crypto import write_key
from intake.db import transaction
from intake.keys import shares
from intake.keys.files import prepare
from intake.models import Editor, Event, Submission
from intake.photos import CleanPhoto
from intake.settings import Settings, settings
from intake.web import Transom, live_updates
from intake.web.api import openapi
from intake.web.desk import live
from intake.web.login import security
from tests import cast
from tests.cast import RunJobs, join
from tests.databases import Databases
from tests.engines import written
from tests.servers import Servers
from tests.web import applications
from tests.web.away import away
from tests.web.bodies import File
from tests.web.derived import Compiled, Described
from tests.web.people import PASSWORD, Contributor, Newsroom, receipt_of
from tests.web.recorded import STATES, Recorded

if TYPE_CHECKING:
    import redis

Arrive = Callable[..., Newsroom]
HTTPS = "https://send.example.org"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture(scope="session", autouse=True)
def _derive_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transom, "jinja_options", {"bytecode_cache": Compiled()})
        patch.setattr(openapi, "_shapes", Described().shapes)
        yield


@pytest.fixture(scope="session", autouse=True)
def dear_config() -> Iterator[Callable[[], dict[str, Any]]]:
    """Use cheap password hashes, except for tests that need the real ones."""
    real = security._config
    cheap = {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            security, "_config", lambda: {**real(), "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap}
        )
        yield real


@pytest.fixture(scope="package", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    """Derive keys from passphrases with little memory. The real cost is tested by tests/keys/test_shares.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "MEMORY_KIB", 8 * shares.LANES)
        yield


@pytest.fixture(scope="session", autouse=True)
def _streams_end_at_once() -> Iterator[None]:
    """Check ten times as often whether a stream must end, because tests wait for the end."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (live_updates, live):
            patch.setattr(module, "TICK", 0.1)
        yield


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Name → contents of the key files that all installations of these tests share, so that sealed data can be reused."""
    config = replace(settings(), data_dir=tmp_path_factory.mktemp("keys"))
    prepare(config)
    return {path.name: path.read_bytes() for path in config.master_key_path.parent.iterdir()}


@pytest.fixture
def app_settings(app_settings: Settings, keys: dict[str, bytes]) -> Settings:
    """The test's own installation, with keys."""
    STATES.begun = written()
    for name, data in keys.items():
        write_key(app_settings.master_key_path.parent / name, data)
    return app_settings


@pytest.fixture
def app(app_settings: Settings) -> Iterator[Transom]:
    """Application with the settings of the test."""
    lent = applications.SHARED.lend(app_settings)
    yield lent
    applications.SHARED.give_back(lent)


@pytest.fixture
def made(app_settings: Settings) -> Iterator[Callable[..., Transom]]:
    """Function that creates the application with other settings."""
    lent = []

    def make(**changes: Any) -> Transom:
        lent.append(applications.SHARED.lend(replace(app_settings, **changes)))
        return lent[-1]

    yield make
    for app in lent:
        applications.SHARED.give_back(app)


@pytest.fixture
def contributor(app: Transom) -> Contributor:
    """Contributor."""
    return Contributor(app.test_client())


def add_account(app: Transom, name: str, *roles: str, password: str | None = PASSWORD) -> int:
    """Create an account `name@transom.example`. Returns its id."""
    with app.app_context(), transaction() as session:
        hashed = hash_password(password) if password else None
        editor = invitations.create_account(
            session,
            email=f"{name}@transom.example",
            name=name.title(),
            roles=list(roles),
            password_hash=hashed,
        )
        return editor.id


@pytest.fixture
def recorded(
    app: Transom,
    app_settings: Settings,
    databases: Databases,
    _emptied_broker: "redis.Redis",
    monkeypatch: pytest.MonkeyPatch,
) -> Recorded:
    """Recorder of installation states that tests share (see recorded.py)."""
    return Recorded(
        app,
        app_settings,
        databases.connection(app_settings.database_url),
        _emptied_broker,
        monkeypatch,
        STATES.begun,
    )


@pytest.fixture
def arrive(app: Transom, recorded: Recorded) -> Arrive:
    """Function that creates an account with this name and these roles, logs in, and returns the person."""

    def one(name: str, *roles: str) -> Newsroom:
        somebody = Newsroom(app.test_client())
        recorded.step(
            ("arrive", name, roles), lambda: _log_in(app, somebody, join(name, *roles)), somebody.client
        )
        return somebody

    return one


@pytest.fixture
def editor(arrive: Arrive) -> Newsroom:
    """Editor."""
    return arrive(*cast.EDITOR)


@pytest.fixture
def other_editor(arrive: Arrive) -> Newsroom:
    """Second editor."""
    return arrive(*cast.OTHER_EDITOR)


@pytest.fixture
def chief(arrive: Arrive) -> Newsroom:
    """Chief editor."""
    return arrive(*cast.CHIEF)


@pytest.fixture
def admin(arrive: Arrive) -> Newsroom:
    """Admin without access to submissions."""
    return arrive(*cast.ADMIN)


@pytest.fixture
def outsider(arrive: Arrive) -> Newsroom:
    """Account without a role."""
    return arrive(*cast.OUTSIDER)


def at_the_desk(app: Transom, who: Editor) -> Newsroom:
    """Give an account of tests/cast.py a password, log it in, and return its browser session."""
    somebody = Newsroom(app.test_client())
    _log_in(app, somebody, who)
    return somebody


def _log_in(app: Transom, somebody: Newsroom, who: Editor) -> None:
    with app.app_context(), transaction() as session:
        invitations.set_password(session, session.get_one(Editor, who.id), hash_password(PASSWORD))
    assert somebody.log_in(who.email).status_code == 302


@pytest.fixture
def anonymous(app: Transom) -> Newsroom:
    """Browser without an account."""
    return Newsroom(app.test_client())


@pytest.fixture
def run_jobs(run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch) -> RunJobs:
    """Function that runs the waiting jobs. Photos stay unchanged, because their cleaning has tests of its own."""

    def copied(data: bytes, **_limits: object) -> CleanPhoto:
        return CleanPhoto(
            full=data, web=data, thumb=data, format="jpeg", format_in="jpeg", width=4, height=3, frames=1,
            removed={"position": "one"}, notes={},
        )  # fmt: skip

    monkeypatch.setattr("intake.photos.clean_photo", copied)
    return run_jobs


@pytest.fixture
def submitted(contributor: Contributor, run_jobs: RunJobs, recorded: Recorded) -> Callable[..., str]:
    """Function that sends a submission, cleans it, and returns its address on the desk."""

    def make(*files: File, **words: str) -> str:
        receipt_of(contributor.send(*files, **words))
        run_jobs()
        return f"/desk/submissions/{newest().id}"

    def once(*files: File, **words: str) -> str:
        name = ("submitted", files, tuple(words.items()))
        found: str = recorded.step(name, lambda: make(*files, **words), contributor.client)
        return found

    return once


@pytest.fixture
def database_away(app_settings: Settings, servers: Servers) -> Callable[[], AbstractContextManager[None]]:
    """Context manager in which the database closes and refuses all connections."""
    return partial(away, servers.database_url, urlsplit(app_settings.database_url).path[1:])


def newest() -> Submission:
    """Return the newest submission."""
    with transaction() as session:
        return session.scalars(select(Submission).order_by(Submission.arrival.desc()).limit(1)).one()


@contextmanager
def opened() -> Iterator[Submission]:
    """Newest submission, in an open transaction."""
    with transaction() as session:
        yield session.get_one(Submission, newest().id)


def count(model: type) -> int:
    """Return the number of rows of a table."""
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def events() -> int:
    """Return the number of recorded events."""
    return count(Event)


def quarantine(settings: Settings) -> list[str]:
    """Return the names of all files in quarantine."""
    root = settings.files_dir / "quarantine"
    return [path.name for path in root.rglob("*") if path.is_file()]


METRICS_TOKEN = "a-token-of-twenty-signs-or-more"


@pytest.fixture
def watched(app: Transom, app_settings: Settings) -> Transom:
    """Application with a token for metrics."""
    app.extensions["settings"] = replace(app_settings, metrics_token=METRICS_TOKEN)
    return app


def scrape(app: Transom, token: str = METRICS_TOKEN, **headers: str) -> TestResponse:
    """Return the body of /metrics."""
    return app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}", **headers})
