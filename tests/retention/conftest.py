"""Submissions with a decision, settings, and a clock that tests move."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Interval, cast, literal, update

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.jobs import ledger
from intake.models import Editor, LegalHold, Message, RetentionStep, Submission
from intake.settings import Settings, settings
from tests.cast import Contributor, RunJobs

Decided = Callable[..., uuid.UUID]
CODES = {"reject": "other"}
MESSAGES = {"request_changes": "Please say when."}


@pytest.fixture
def decided(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> Decided:
    """Send a submission and let a decision take effect. Returns its id. Other keyword arguments are its fields."""

    def send(verdict: str, *photos: bytes, **words: str) -> uuid.UUID:
        ident = contributor.submit(*photos, **words)
        run_jobs()
        with transaction() as session:
            version = session.get_one(Submission, ident).version
            decide(
                session,
                ident,
                editor,
                version,
                DecisionInput(verdict, CODES.get(verdict), MESSAGES.get(verdict)),
            )
        run_jobs()
        return ident

    return send


def pass_days(days: float) -> None:
    """Simulate that days pass: move all stored times into the past, because a test cannot set the database's clock."""
    back = cast(literal(timedelta(days=days)), Interval)
    moved: list[tuple[Any, tuple[str, ...]]] = [
        (Submission, ("received_at", "waiting_since")),
        (Message, ("sent_at",)),
        (RetentionStep, ("not_before",)),
    ]
    with transaction() as session:
        for table, columns in moved:
            session.execute(update(table).values({name: getattr(table, name) - back for name in columns}))
        holds = {"until": LegalHold.until - int(days)}
        session.execute(update(LegalHold).values(holds))


@pytest.fixture
def tonight(run_jobs: RunJobs) -> Callable[[], list[str]]:
    """Run the nightly job. Each call is another night."""
    nights = iter(range(1000))

    def run() -> list[str]:
        with transaction() as session:
            ledger.schedule(session, "retention.run", f"retention.run@{next(nights)}")
        return run_jobs()

    return run


@pytest.fixture
def chosen(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set environment variables of the retention, by the names of their fields."""

    def choose(**values: str) -> None:
        for name, text in values.items():
            monkeypatch.setenv(f"TRANSOM_{name.upper()}", text)
        settings.cache_clear()

    yield choose
    monkeypatch.undo()
    settings.cache_clear()
