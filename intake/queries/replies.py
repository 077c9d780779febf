"""Replies that editors keep ready."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Reply
from intake.models.decision import VERDICTS

ENGLISH = "en"


@dataclass(frozen=True)
class Ready:
    """A reply; `changed_at` is what a form that changes it is held against."""

    id: int
    verdict: str
    language: str
    name: str
    body: str
    changed_at: datetime


def replies_for(session: Session, language: str, verdict: str | None = None) -> list[Ready]:
    """Those in this language, then those in English; of one verdict or, in the order of VERDICTS, of all."""
    found = select(Reply).where(Reply.language.in_({language, ENGLISH}))
    if verdict is not None:
        found = found.where(Reply.verdict == verdict)
    order = list(VERDICTS)
    return sorted(
        map(_ready, session.scalars(found)),
        key=lambda one: (one.language != language, order.index(one.verdict), one.name),
    )


def reply_of(session: Session, reply_id: int) -> Ready:
    """One; NotFound."""
    reply = session.get(Reply, reply_id)
    if reply is None:
        raise NotFound
    return _ready(reply)


def languages_ready(session: Session) -> dict[str, int]:
    """How many there are in each language that has any, most first."""
    counted = select(Reply.language, func.count()).group_by(Reply.language)
    rows = session.execute(counted.order_by(func.count().desc(), Reply.language))
    return {language: number for language, number in rows}  # noqa: C416 - a Row is no pair to the type checker


def _ready(reply: Reply) -> Ready:
    return Ready(reply.id, reply.verdict, reply.language, reply.name, reply.body, reply.changed_at)
