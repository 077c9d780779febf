"""A process of ours says that it lives."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Heartbeat, record
from intake.models.heartbeat import FORGOTTEN_AFTER


def start(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """A process of this name has just started."""
    _write(session, name, kind, details, started_at=func.now(), stop_asked_at=None)


def beat(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """A process of this name lives."""
    _write(session, name, kind, details)


def ask_to_stop(session: Session, name: str, actor: Editor | None = None, reason: str = "") -> bool:
    """Have a worker finish what it has in hand, and end; False where it was asked before. NotFound if none of this name
    was seen within a day.

    Whoever keeps it running (`transom up`, systemd, Docker) then starts it anew. Without an actor it was a command on the machine.
    """
    there = (Heartbeat.name == name) & (Heartbeat.kind == "worker")
    lately = Heartbeat.seen_at > func.now() - FORGOTTEN_AFTER
    found = session.scalar(select(Heartbeat).where(there, lately).with_for_update())
    if found is None:
        raise NotFound
    if found.stop_asked_at is not None:
        return False
    found.stop_asked_at = func.now()
    record(session, "worker.stop_asked", actor=actor, worker=name, reason=reason)
    return True


def is_asked_to_stop(session: Session, name: str) -> bool:
    """Whether somebody has asked this worker, as it runs now, to stop."""
    return session.scalar(select(Heartbeat.stop_asked_at).where(Heartbeat.name == name)) is not None


def was_stopping(session: Session, name: str) -> bool:
    """Whether the last that was heard of a process is that it had been asked to stop."""
    last = session.get(Heartbeat, name)
    return last is not None and bool(last.details.get("stopping"))


def _write(session: Session, name: str, kind: str, details: dict[str, Any], **more: Any) -> None:
    row = {"kind": kind, "details": details, "seen_at": func.now(), **more}
    session.execute(
        insert(Heartbeat)
        .values(name=name, **row)
        .on_conflict_do_update(index_elements=[Heartbeat.name], set_=row)
    )
