"""Fixtures of the web tests: the application on its own installation, and people with browsers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from flask_security import hash_password
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from intake.accounts import invitations
from intake.db import transaction
from intake.models import Editor, Event, Submission
from intake.photos import CleanPhoto
from intake.settings import Settings
from intake.web import Transom, live_updates
from intake.web.desk import live
from intake.web.login import security
from tests.cast import RunJobs
from tests.servers import Servers
from tests.web import applications
from tests.web.bodies import File
from tests.web.people import PASSWORD, Contributor, Newsroom, receipt_of

HTTPS = "https://send.example.org"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


class Compiled(BytecodeCache):
    """Share compiled templates in the whole run. Compiling takes 250 ms for each application."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compile_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transom, "jinja_options", {"bytecode_cache": Compiled()})
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


@pytest.fixture(scope="session", autouse=True)
def _streams_end_at_once() -> Iterator[None]:
    """Look ten times as often whether a stream shall end, since a test waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (live_updates, live):
            patch.setattr(module, "TICK", 0.1)
        yield


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
def editor(app: Transom, editor: Editor) -> Newsroom:
    """Editor."""
    return at_the_desk(app, editor)


@pytest.fixture
def other_editor(app: Transom, other_editor: Editor) -> Newsroom:
    """Second editor."""
    return at_the_desk(app, other_editor)


@pytest.fixture
def chief(app: Transom, chief: Editor) -> Newsroom:
    """Chief editor."""
    return at_the_desk(app, chief)


@pytest.fixture
def admin(app: Transom, admin: Editor) -> Newsroom:
    """Admin without access to submissions."""
    return at_the_desk(app, admin)


@pytest.fixture
def outsider(app: Transom, outsider: Editor) -> Newsroom:
    """Account without a role."""
    return at_the_desk(app, outsider)


def at_the_desk(app: Transom, who: Editor) -> Newsroom:
    """Person of the cast with password and browser, logged in."""
    with app.app_context(), transaction() as session:
        invitations.set_password(session, session.get_one(Editor, who.id), hash_password(PASSWORD))
    somebody = Newsroom(app.test_client())
    assert somebody.log_in(who.email).status_code == 302
    return somebody


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
def submitted(contributor: Contributor, run_jobs: RunJobs) -> Callable[..., str]:
    """Function that sends a submission, cleans it, and returns its address on the desk."""

    def make(*files: File, **words: str) -> str:
        receipt_of(contributor.send(*files, **words))
        run_jobs()
        return f"/desk/submissions/{newest().id}"

    return make


@pytest.fixture
def database_away(app_settings: Settings, servers: Servers) -> Callable[[], AbstractContextManager[None]]:
    """Context manager in which the database refuses all connections, open ones too."""
    name = urlsplit(app_settings.database_url).path[1:]

    def allow(*, connections: bool) -> None:
        with psycopg.connect(servers.database_url, autocommit=True) as server:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {connections}'.encode())
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )

    @contextmanager
    def away() -> Iterator[None]:
        allow(connections=False)
        yield
        allow(connections=True)

    return away


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
