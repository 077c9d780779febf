"""The newsroom keeps its replies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.db import violates
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.models import Reply
from intake.models.decision import VERDICTS


@dataclass(frozen=True)
class Wording:
    """A reply as it is to be; name and body are clean plain text and not empty."""

    verdict: str
    language: str
    name: str
    body: str


def add_reply(session: Session, wording: Wording) -> Reply:
    """Keep one more; NameTaken, which undoes the transaction, if verdict and language have one of this name."""
    reply = Reply(**vars(wording))
    session.add(reply)
    _flush(session)
    return reply


def change_reply(session: Session, reply_id: int, changed_at: datetime, wording: Wording) -> Reply:
    """Change one as it was at `changed_at`; NotFound, StaleRevision if somebody changed it since, NameTaken."""
    reply = _locked(session, reply_id, changed_at)
    for name, value in vars(wording).items():
        setattr(reply, name, value)
    reply.changed_at = func.clock_timestamp()
    _flush(session)
    return reply


def delete_reply(session: Session, reply_id: int, changed_at: datetime) -> None:
    """Delete one as it was at `changed_at`; NotFound, StaleRevision. What was sent with it stays as it was sent."""
    session.delete(_locked(session, reply_id, changed_at))


def _locked(session: Session, reply_id: int, changed_at: datetime) -> Reply:
    reply = session.get(Reply, reply_id, with_for_update=True, populate_existing=True)
    if reply is None:
        raise NotFound
    if reply.changed_at != changed_at:
        raise StaleRevision
    return reply


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if violates(error, "uq_replies_verdict_language_name"):
            raise NameTaken from error
        raise


ENGLISH = "en"


@dataclass(frozen=True)
class CannedReply:
    """A reply; `changed_at` is what a form that changes it is held against."""

    id: int
    verdict: str
    language: str
    name: str
    body: str
    changed_at: datetime


def replies_for(session: Session, language: str, verdict: str | None = None) -> list[CannedReply]:
    """Those in this language, then those in English; of one verdict or, in the order of VERDICTS, of all."""
    found = select(Reply).where(Reply.language.in_({language, ENGLISH}))
    if verdict is not None:
        found = found.where(Reply.verdict == verdict)
    order = list(VERDICTS)
    return sorted(
        map(_ready, session.scalars(found)),
        key=lambda one: (one.language != language, order.index(one.verdict), one.name),
    )


def reply_of(session: Session, reply_id: int) -> CannedReply:
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


def _ready(reply: Reply) -> CannedReply:
    return CannedReply(reply.id, reply.verdict, reply.language, reply.name, reply.body, reply.changed_at)


PLACEHOLDERS = ("title", "magazine")
_OPEN = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def filled(body: str, values: Mapping[str, str]) -> str:
    """The body with `{title}` and `{magazine}` filled in; other braces are words like any."""
    return _OPEN.sub(lambda found: values[found[1]], body)
