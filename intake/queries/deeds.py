"""What admins lately did with several jobs at once, and what became of these since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ARRAY, BigInteger, any_, func, literal, select
from sqlalchemy.orm import Session, joinedload

from intake.models import Event, Job
from intake.queries.jobs import STATE

SHOWN = 5
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Deed:
    """`filter` are the words by which the jobs were chosen, `now` how many of them stand how; those forgotten are in none.

    `actor` is None for a command on the machine.
    """

    event: str
    at: datetime
    actor: str | None
    count: int
    why: str
    filter: dict[str, str]
    now: dict[str, int]


def deeds(session: Session) -> list[Deed]:
    """The newest first."""
    done = (
        select(Event)
        .where(Event.name.in_(("jobs.retried", "jobs.discarded")), Event.at > func.now() - LATELY)
        .options(joinedload(Event.editor))
        .order_by(Event.id.desc())
        .limit(SHOWN)
    )
    return [_deed(session, event) for event in session.scalars(done)]


def _deed(session: Session, event: Event) -> Deed:
    told = event.data
    actor = event.editor.name if event.editor else None
    return Deed(
        event.name, event.at, actor, told["count"], told["reason"], told["filter"], _now(session, event)
    )


def _now(session: Session, event: Event) -> dict[str, int]:
    """By one array, however many they are: PostgreSQL takes no more than 65,535 parameters."""
    those = Job.id == any_(literal(event.data["jobs"], ARRAY(BigInteger)))
    rows = session.execute(select(STATE, func.count()).where(those).group_by(STATE))
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain tuples to a type checker
