"""SQL and Python round times to the same precision (setting `time_grain`)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from sqlalchemy import func, literal, select, text
from sqlalchemy.orm import Session

from intake.db import AwareDateTime, transaction
from intake.models import Job, contribution_time
from intake.settings import Settings, settings

moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))
SPANS = [("day", timedelta(days=1)), ("half-day", timedelta(hours=12))]


@pytest.fixture(params=SPANS, ids=["day", "half-day"])
def span(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, app_settings: Settings
) -> timedelta:
    """Length of the span for each value of the setting."""
    monkeypatch.setenv("TRANSOM_TIME_GRAIN", request.param[0])
    settings.cache_clear()
    length: timedelta = request.param[1]
    return length


def test_now_is_the_beginning_of_the_present_span(span: timedelta) -> None:
    with transaction() as session:
        exact, coarse = session.execute(select(func.now(), contribution_time.now())).one()
    assert contribution_time.is_coarse_moment(coarse)
    assert coarse <= exact < coarse + span


@given_settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=moments)
def test_a_time_loses_all_but_its_span(span: timedelta, at: datetime) -> None:
    with transaction() as session:
        coarse = session.scalars(select(contribution_time.to_grain(literal(at, AwareDateTime)))).one()
        assert coarse <= at < coarse + span
        assert _is_coarse(session, coarse)
        assert _is_coarse(session, at) == contribution_time.is_coarse_moment(at)
        latest = session.scalars(select(contribution_time.latest(literal(at, AwareDateTime)))).one()
        assert latest == (at + span if contribution_time.is_coarse_moment(at) else at)


def _is_coarse(session: Session, at: datetime) -> bool:
    return session.scalars(select(contribution_time.is_coarse(literal(at, AwareDateTime)))).one()


def test_the_default_of_the_database_is_the_day(app_settings: Settings) -> None:
    with transaction() as session:
        at = session.scalars(select(text(contribution_time.SERVER_DEFAULT))).one()
    assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def test_ended_jobs_are_found_by_their_index(app_settings: Settings) -> None:
    with transaction() as session:
        # Leave PostgreSQL no other plan than the index. The transaction is rolled back.
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("ALTER TABLE jobs DROP CONSTRAINT uq_jobs_slot"))
        session.execute(text("DROP INDEX ix_jobs_finished"))
        jobs = select(Job.id).where(
            Job.slot.is_(None), ~contribution_time.is_coarse(Job.finished_at.expression)
        )
        statement = jobs.where(Job.finished_at < func.now())
        compiled = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.scalars(text(f"EXPLAIN {compiled}")).all()
        session.rollback()
    assert any("ix_jobs_exact" in line for line in plan), plan
