from sqlalchemy import select

from intake.db import transaction
from intake.jobs import processes
from intake.models import Event
from intake.settings import Settings
from tests.cli.commands import sentence, transom


def test_a_worker_is_asked_once_and_who_asks_says_why(app_settings: Settings) -> None:
    with transaction() as session:
        processes.start(session, "worker@here", "worker", {})
        processes.start(session, "relay@here", "relay", {})
    done = transom("stop-worker", "worker@here", "--reason", "Upgrade")
    assert done.exit_code == 0
    assert done.stdout.startswith("worker@here starts no more jobs")
    for name, said in (
        ("worker@here", "worker@here was asked before."),
        ("relay@here", "There is no worker relay@here."),
        ("worker@nowhere", "There is no worker worker@nowhere."),
    ):
        again = transom("stop-worker", name, "--reason", "Upgrade")
        assert again.exit_code == 1
        assert sentence(again).startswith(said)
    with transaction() as session:
        (event,) = session.scalars(select(Event))
        assert (event.name, event.data) == (
            "worker.stop_asked",
            {"worker": "worker@here", "reason": "Upgrade"},
        )


def test_nobody_is_asked_without_a_reason(app_settings: Settings) -> None:
    assert transom("stop-worker", "worker@here").exit_code == 2
