"""The newsroom keeps its replies."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.db import violates
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.models import Reply


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
