"""Metrics: they parse, need a token, and counters never decrease."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain
from sqlalchemy import func, update

from intake.db import transaction
from intake.jobs.queues import pause
from intake.models import Job, JobTotal, Photo
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, METRICS_TOKEN, scrape
from tests.web.people import Contributor
from tests.web.test_health import beat


def samples(app: Transom) -> dict[str, float]:
    """Return `name{label="value"}` → value."""
    answer = scrape(app)
    assert answer.status_code == 200
    return {
        one.name + "".join(f" {value}" for _, value in sorted(one.labels.items())): one.value
        for family in plain(answer.text)
        for one in family.samples
    }


def test_without_a_token_there_is_no_such_page(app: Transom) -> None:
    assert scrape(app).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer another"},
        {"Authorization": f"Basic {METRICS_TOKEN}"},
        {"Authorization": "Bearer é"},
    ],
)
def test_nobody_else_is_told(watched: Transom, headers: dict[str, str]) -> None:
    answer = watched.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "transom_" not in answer.text


def test_a_database_that_is_away(
    watched: Transom, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_away():
        answer = scrape(watched)
    assert answer.status_code == 503
    assert "The database does not answer." in answer.text


def test_both_forms_parse(watched: Transom, contributor: Contributor, run_jobs: RunJobs) -> None:
    beat()
    contributor.send(File("photo-1", JPEG))
    run_jobs()
    assert list(plain(scrape(watched).text))
    wanted = "application/openmetrics-text; version=1.0.0"
    answer = scrape(watched, Accept=wanted)
    assert answer.content_type.startswith("application/openmetrics-text")
    assert list(openmetrics(answer.text))  # type: ignore[no-untyped-call]


def test_what_is_told(watched: Transom, contributor: Contributor, run_jobs: RunJobs) -> None:
    assert samples(watched)["transom_ok"] == 0
    beat(version="1.2")
    contributor.send(File("photo-1", JPEG))
    found = samples(watched)
    assert found["transom_ok"] == 1
    assert (found["transom_processes worker"], found["transom_build_info worker 1.2"]) == (1, 1)
    assert (found["transom_queue_waiting photos"], found["transom_queue_waiting publish"]) == (1, 0)
    assert found["transom_queue_oldest_age_seconds photos"] >= 0
    assert (found["transom_submissions received"], found["transom_photos  received"]) == (1, 1)
    run_jobs()
    found = samples(watched)
    assert found["transom_jobs pending"] == found["transom_jobs dead"] == 0
    assert "transom_jobs done" not in found
    assert found["transom_submissions in_review"] == 1
    assert found["transom_photos  clean"] == 1


def test_refused_photos_by_reason(watched: Transom, contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG))
    with transaction() as session:
        session.execute(update(Photo).values(status="refused", reason="damaged", original_key=None))
    assert samples(watched)["transom_photos damaged refused"] == 1


def test_a_canary_s_age_and_a_pause(watched: Transom) -> None:
    with transaction() as session:
        pause(session, "photos", "The disk is full")
        at = func.now() - timedelta(seconds=90)
        session.add(Job(kind="canary.text", slot="1", status="done", finished_at=at))
    found = samples(watched)
    assert 90 <= found["transom_canary_age_seconds text"] < 100
    assert "transom_canary_age_seconds photos" not in found
    assert (found["transom_queue_paused photos"], found["transom_queue_paused text"]) == (1, 0)


def test_histograms_add_up_over_outcomes(watched: Transom) -> None:
    with transaction() as session:
        for outcome, bucket, count, seconds in (
            ("done", 0, 3, 0.01),
            ("dead", 0, 1, 0.01),
            ("done", 16, 2, 9000.0),
        ):
            session.add(
                JobTotal(
                    queue="text", outcome=outcome, measure="run", bucket=bucket, count=count, seconds=seconds
                )
            )
    found = samples(watched)
    assert (found["transom_jobs_ended_total done text"], found["transom_jobs_ended_total dead text"]) == (
        5,
        1,
    )
    assert found["transom_job_run_seconds_bucket 0.01 text"] == 4
    assert (
        found["transom_job_run_seconds_bucket +Inf text"] == found["transom_job_run_seconds_count text"] == 6
    )
    assert found["transom_job_run_seconds_sum text"] == pytest.approx(9000.02)


def test_nothing_personal_and_no_id_is_in_it(
    watched: Transom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    beat()
    contributor.send(File("photo-1", JPEG), title="Zhanaozen", contact="signal")
    run_jobs()
    told = scrape(watched).text
    for word in ("Zhanaozen", "signal", "@"):
        assert word not in told
