"""A process of ours says that it lives."""

from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Heartbeat


def start(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """A process of this name has just started."""
    _write(session, name, kind, details, started_at=func.now())


def beat(session: Session, name: str, kind: str, details: dict[str, Any]) -> None:
    """A process of this name lives."""
    _write(session, name, kind, details)


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
