import json
import uuid
from datetime import datetime

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.models import Event, Job
from intake.settings import Settings
from tests.cast import Contributor, RunJobs
from tests.cli.commands import sentence, transom
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import change, fail, look, statuses, taken
from tests.web.conftest import events

__all__ = ["jobs"]


def run(*args: str | int) -> tuple[int, str]:
    done = transom("jobs", *map(str, args))
    return done.exit_code, done.output


@pytest.fixture
def dead(jobs: list[int]) -> list[int]:
    for number in jobs[:2]:
        fail(taken(number), final=True)
    change(jobs[1], error="KeyError")
    return jobs[:2]


def test_jobs_are_listed_as_the_filter_says(dead: list[int], jobs: list[int]) -> None:
    code, said = run("list")
    assert code == 0
    assert len(said.splitlines()) == 5
    code, said = run("list", "--status", "dead", "--error", "KeyError", "--queue", "housekeeping")
    assert code == 0
    (line,) = said.splitlines()
    assert f"{dead[1]}  housekeeping.sweep dead" in line
    assert line.endswith("KeyError")
    assert run("list", "--kind", "photo.clean") == (0, "")


def test_a_list_is_cut_and_says_so(jobs: list[int]) -> None:
    done = transom("jobs", "list", "--limit", "2")
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == "2 of 5. See more with --limit.\n"
    with transaction() as session:
        session.add_all(Job(kind="housekeeping.sweep", slot=f"more {n}") for n in range(100))
    assert len(transom("jobs", "list", "--limit", "103").stdout.splitlines()) == 103


def test_a_list_for_programs(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(title="Planted")
    run_jobs()
    code, said = run("list", "--status", "done", "--submission", str(contributor.submission_id)[:8], "--json")
    assert code == 0
    found = json.loads(said)
    assert (found["kind"], found["state"], found["attempts"]) == ("text.screen", "done", 1)
    assert datetime.fromisoformat(found["at"]).tzinfo is not None
    assert uuid.UUID(found["submission_id"]) == contributor.submission_id
    assert "Planted" not in said


@pytest.mark.parametrize("option", [("--status", "buried"), ("--queue", "slow"), ("--limit", "0")])
def test_what_is_no_filter_is_refused(app_settings: Settings, option: tuple[str, str]) -> None:
    assert run("list", *option)[0] == 2


def test_one_job_with_its_whole_story(dead: list[int]) -> None:
    run("retry", dead[0], "--reason", "Mended")
    fail(taken(dead[0]), final=True)
    code, said = run("show", dead[0])
    assert code == 0
    assert "started by 0" in said
    assert "Retried: Mended" in said
    assert said.rstrip().endswith("here")
    assert sentence(transom("jobs", "show", "999999")) == "There is no such job. Nothing was changed."


def test_failures_by_error_and_an_exit_code_for_those_who_watch(dead: list[int], jobs: list[int]) -> None:
    code, said = run("failures")
    assert code == 1
    assert "1 given up, 0 retrying: housekeeping.sweep: KeyError" in said
    assert f"see transom jobs show {dead[0]}" in said
    run("discard", *dead, "--reason", "Tidied up", "--yes")
    assert run("failures") == (0, "Nothing has failed.\n")
    fail(taken(jobs[2]))
    assert run("failures")[0] == 0


def test_jobs_are_run_again_by_number_or_by_filter(dead: list[int]) -> None:
    assert run("retry", dead[0]) == (0, "1 job is waiting again.\n")
    assert run("retry", "--all", "--error", "KeyError", "--reason", " Mended ") == (
        0,
        "1 job is waiting again.\n",
    )
    assert statuses() == ["pending"] * 5
    assert run("retry", "--all") == (0, "0 jobs are waiting again.\n")
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.name == "jobs.retried")).one()
    assert (event.editor_id, event.data["reason"], event.data["filter"]) == (
        None,
        "Mended",
        {"error": "KeyError"},
    )


@pytest.mark.parametrize("command", [("retry",), ("discard", "--reason", "Why")])
def test_nobody_means_all_by_forgetting_to_say_which(dead: list[int], command: tuple[str, ...]) -> None:
    for which in (
        [],
        [str(dead[0]), "--all"],
        [str(dead[0]), "--kind", "photo.clean"],
        ["--kind", "photo.clean"],
    ):
        assert run(*command, *which)[0] == 2, which
    assert statuses()[:2] == ["dead"] * 2


@pytest.mark.parametrize("command", [("retry",), ("discard", "--yes", "--reason", "Why")])
def test_of_jobs_that_are_named_all_or_none(
    dead: list[int], jobs: list[int], command: tuple[str, ...]
) -> None:
    taken(jobs[2])
    said = sentence(transom("jobs", *command, *map(str, [*dead, jobs[2]])))
    assert said.startswith(f"Job {jobs[2]}: It is running")
    assert said.endswith("Nothing was changed.")
    assert sentence(transom("jobs", *command, "999999")) == "There is no such job. Nothing was changed."
    assert statuses()[:2] == ["dead"] * 2


def test_more_than_one_is_discarded_only_by_who_says_yes(dead: list[int], jobs: list[int]) -> None:
    change(jobs[2], kind="submission.purge", status="dead", error="ValueError", finished_at=func.now())
    code, said = run("discard", "--all", "--status", "dead", "--reason", "Why")
    assert code == 1
    assert "2 housekeeping.sweep: The next sweep does its work." in said
    assert (
        "1 submission.purge cannot be discarded: A submission that its contributor withdrew must be deleted."
        in said
    )
    assert "Nothing was discarded. Add --yes" in said
    assert statuses()[:3] == ["dead"] * 3
    assert run("discard", "--all", "--status", "dead", "--reason", "Why", "--yes") == (
        0,
        "2 jobs are discarded.\n",
    )
    assert statuses()[:3] == ["discarded", "discarded", "dead"]
    with transaction() as session:
        assert (
            session.scalars(select(Event.data).where(Event.name == "jobs.discarded")).one()["reason"] == "Why"
        )


def test_one_is_discarded_for_a_reason_and_what_must_be_done_is_not(dead: list[int]) -> None:
    for without in ([], ["--reason", " "]):
        code, said = run("discard", dead[0], *without)
        assert code == 2
        assert "--reason" in said
    assert run("discard", dead[0], "--reason", "Why") == (0, "1 job is discarded.\n")
    change(dead[1], kind="text.screen")
    assert "never reaches the desk" in sentence(transom("jobs", "discard", str(dead[1]), "--reason", "Why"))
    assert look(dead[1]).status == "dead"


def test_a_dry_run_shows_what_would_be_done(dead: list[int]) -> None:
    before = events()
    code, said = run("retry", "--all", "--status", "dead", "--dry-run")
    assert (code, said.splitlines()[0]) == (0, f"{len(dead)} jobs would be retried. Nothing was changed.")
    assert "Runs again at once." in said
    code, said = run("discard", "--all", "--status", "dead", "--dry-run")
    assert code == 0
    assert "would be discarded. Nothing was changed." in said
    assert events() == before
    assert run("retry", "999999", "--dry-run")[0] == 1, "as without --dry-run"
    change(dead[0], kind="text.screen")
    assert (
        "1 text.screen cannot be discarded: " in run("discard", "--all", "--status", "dead", "--dry-run")[1]
    )
