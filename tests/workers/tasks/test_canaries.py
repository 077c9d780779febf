"""Canaries with real cleaners and real storage, and the ways in which each can fail."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.job_kinds import CANARIES
from intake.jobs import ledger
from intake.models import Job
from intake.notifications.mail import MailServerUnavailable
from intake.settings import Settings
from intake.storage import files
from workers.runner import HANDLERS, run
from workers.tasks import canaries
from workers.tasks.job import CanaryFailed


def through(kind: str) -> Job:
    """Canary of this kind after the worker has run it."""
    with transaction() as session:
        assert ledger.schedule(session, kind, f"{kind}@1")
        number = session.scalars(select(Job.id)).one()
    run(number)
    with transaction() as session:
        return session.get_one(Job, number)


def left() -> list[str]:
    return [one.name for area in ("quarantine", "clean") for one in files().listing(area)]


@pytest.mark.parametrize("kind", CANARIES.values())
def test_it_comes_through_and_leaves_nothing(app_settings: Settings, kind: str) -> None:
    job = through(kind)
    assert (job.status, job.error, job.queue) == ("done", None, kind.removeprefix("canary."))
    assert left() == []


def test_its_photo_carries_what_must_not_come_through() -> None:
    assert canaries.MARK in canaries.PHOTO.read_bytes()


def test_one_that_dies_is_given_up_for_the_next_and_says_why(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canaries, "CLEAN_TEXT", "<p>Another.</p>")
    job = through("canary.text")
    assert (job.status, job.attempts) == ("dead", 1)
    assert job.error == "CanaryFailed: a text was not cleaned as it should be"
    with transaction() as session:
        assert ledger.schedule(session, "canary.text", "canary.text@2")


def uncleaned(data: bytes) -> Any:
    from intake.photos import clean_photo

    return replace(clean_photo(data), web=data)


def without_report(data: bytes) -> Any:
    from intake.photos import clean_photo

    return replace(clean_photo(data), removed={})


@pytest.mark.parametrize("cleaner", [uncleaned, without_report])
def test_a_photo_that_is_not_clean_kills_it(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch, cleaner: Any
) -> None:
    monkeypatch.setattr(canaries, "clean_photo", cleaner)
    with pytest.raises(CanaryFailed):
        canaries.try_photo(Job(kind="canary.photos"))
    assert left() == []


def test_a_mail_server_that_is_away_kills_it(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    named = replace(app_settings, smtp_url="smtp://127.0.0.1:9", mail_from="desk@transom.example")
    monkeypatch.setattr(canaries, "settings", lambda: named)
    with pytest.raises(MailServerUnavailable):
        canaries.try_mail(Job(kind="canary.notify"))


def test_every_queue_has_one_that_the_worker_knows() -> None:
    assert set(CANARIES.values()) <= HANDLERS.keys()


def test_those_of_yesterday_are_forgotten(app_settings: Settings) -> None:
    with transaction() as session:
        for slot, kind, status in (
            ("1", "canary.text", "done"),
            ("2", "canary.text", "dead"),
            ("3", "photo.clean", "dead"),
        ):
            session.add(
                Job(
                    kind=kind,
                    slot=slot,
                    status=status,
                    error="x",
                    finished_at=func.now() - func.make_interval(0, 0, 0, 2),
                )
            )
        session.add(Job(kind="canary.photos", slot="4", status="done", finished_at=func.now()))
    HANDLERS["housekeeping.sweep"](Job(kind="housekeeping.sweep"))
    with transaction() as session:
        assert set(session.scalars(select(Job.slot))) == {"3", "4"}
