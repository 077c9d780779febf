"""Shortcuts for the ledger, each in its own transaction."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job

NAME = "worker@here"


def send(limit: int = 32) -> list[int]:
    with transaction() as session:
        return [due.id for due in ledger.send_due(session, limit)]


def take(job_id: int, worker: str = NAME) -> Job | None:
    with transaction() as session:
        return ledger.take(session, job_id, worker)


def taken(job_id: int) -> Job:
    job = take(job_id)
    assert job is not None
    return job


def fail(job: Job, *, final: bool = False) -> None:
    with transaction() as session:
        ledger.fail(session, job, error="ValueError", traceback="here", final=final)


def look(job_id: int) -> Job:
    with transaction() as session:
        return session.get_one(Job, job_id)


def change(job_id: int, **values: Any) -> None:
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**values))


def statuses() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Job.status).order_by(Job.id)))


def ahead(session: Session, job_id: int, column: str) -> timedelta:
    """Difference between a time of a job and the start of the transaction, which the ledger uses as now."""
    span: timedelta = session.scalars(select(getattr(Job, column) - func.now()).where(Job.id == job_id)).one()
    return span
