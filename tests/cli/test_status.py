import socket

import pytest

from intake.db import transaction
from intake.jobs import processes
from intake.models import Job
from intake.settings import Settings
from tests.cli.commands import sentence, transom

HERE = socket.gethostname()


def alive(*kinds: str, host: str = HERE) -> None:
    with transaction() as session:
        for kind in kinds:
            processes.start(session, f"{kind}@{host}", kind, {})


def test_all_is_well(app_settings: Settings) -> None:
    alive("worker", "relay", "scheduler")
    result = transom("status")
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert first == "Submissions are being processed; nothing waits."
    assert [line.split()[:2] for line in rest[:3]] == [[k, "alive"] for k in ("worker", "relay", "scheduler")]
    assert rest[-1].split(None, 1) == ["jobs", "0 pending, 0 sent, 0 running, 0 dead"]


def test_nobody_works_is_said_with_advice_and_is_exit_code_1(app_settings: Settings) -> None:
    alive("relay")
    with transaction() as session:
        session.add(Job(kind="housekeeping.sweep", slot="housekeeping.sweep@1"))
    result = transom("status")
    assert result.exit_code == 1
    first, advice, *_ = result.stdout.splitlines()
    assert first == "Submissions are not being processed: no worker answers; 1 job waits."
    assert advice.startswith("Start a worker with `transom worker`")


@pytest.mark.parametrize("kind", ["worker", "relay", "scheduler"])
def test_one_process_of_this_machine(app_settings: Settings, kind: str) -> None:
    assert transom("status", "--here", kind).exit_code == 1
    alive(kind)
    result = transom("status", "--here", kind)
    assert (result.exit_code, result.stdout) == (0, f"{kind}@{HERE} is alive.\n")


def test_the_same_process_of_another_machine_proves_nothing_here(app_settings: Settings) -> None:
    alive("relay", host="elsewhere")
    result = transom("status", "--here", "relay")
    assert (result.exit_code, result.stdout) == (
        1,
        f"relay@{HERE} has not reported within the last 20 seconds.\n",
    )


def test_a_process_that_fell_silent_is_not_alive(app_settings: Settings) -> None:
    from datetime import timedelta

    from sqlalchemy import func, update

    from intake.jobs.processes import SILENT_AFTER
    from intake.models import Heartbeat

    alive("relay")
    with transaction() as session:
        session.execute(update(Heartbeat).values(seen_at=func.now() - SILENT_AFTER - timedelta(seconds=1)))
    assert transom("status", "--here", "relay").exit_code == 1


def test_a_database_that_is_away(database_away: Settings) -> None:
    assert sentence(transom("status")).startswith("The database does not answer.")


def test_a_database_without_tables(no_tables: Settings) -> None:
    assert sentence(transom("status")).endswith("Create them with `transom migrate`.")
