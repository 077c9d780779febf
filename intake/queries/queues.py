"""The queues of the ledger: what waits in each, for how long, and which are paused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from intake.models import Job, Pause
from intake.queues import QUEUES


@dataclass(frozen=True)
class Queue:
    """`waiting` jobs are due and not begun, the oldest of them `since`; `pause` where somebody has stopped it."""

    name: str
    waiting: int
    running: int
    since: datetime | None
    pause: Pause | None


def queues(session: Session) -> list[Queue]:
    """All queues, in the order in which work passes through them."""
    not_begun = Job.status.in_(("pending", "sent")) & (Job.run_at <= func.now())
    rows = session.execute(
        select(
            Job.queue,
            func.count().filter(not_begun),
            func.count().filter(Job.status == "running"),
            func.min(Job.run_at).filter(not_begun),
        )
        .where(Job.status.in_(("pending", "sent", "running")))
        .group_by(Job.queue)
    )
    figures = {name: (waiting, running, since) for name, waiting, running, since in rows}
    pauses = {one.queue: one for one in session.scalars(select(Pause).options(joinedload(Pause.editor)))}
    return [_queue(name, figures.get(name, (0, 0, None)), pauses.get(name)) for name in QUEUES]


def _queue(name: str, figures: tuple[int, int, datetime | None], pause: Pause | None) -> Queue:
    waiting, running, since = figures
    return Queue(name, waiting, running, since, pause)
