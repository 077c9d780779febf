"""Test e-mails, which a worker sends to an admin to check the mail settings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Editor, Event, MailTest, record


@dataclass(frozen=True)
class LastTest:
    """The last test message of an admin. `problem` is "" if the mail server accepted it, None until it was tried."""

    asked_at: datetime
    tried_at: datetime | None
    problem: str | None


def ask(session: Session, admin: Editor) -> None:
    """Ask for a test message to the admin. Its job starts at the commit."""
    asked = MailTest(editor_id=admin.id)
    session.add(asked)
    session.flush()
    record(session, "mail_test.asked", actor=admin, test=asked.id)


def last(session: Session, editor_id: int) -> LastTest | None:
    """Return the last test message that an admin asked for, or None."""
    query = select(MailTest).where(MailTest.editor_id == editor_id).order_by(MailTest.id.desc()).limit(1)
    found = session.scalars(query).first()
    return LastTest(found.asked_at, found.tried_at, found.problem) if found else None


def of_event(session: Session, event_id: int) -> tuple[int, str] | None:
    """Return id and address of the test message of a job's event. None if it was tried already, or the account is inactive."""
    query = (
        select(MailTest.id, Editor.email)
        .join(Editor, Editor.id == MailTest.editor_id)
        .join(Event, Event.data["test"].as_integer() == MailTest.id)
        .where(Event.id == event_id, MailTest.tried_at.is_(None), Editor.active)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def tried(session: Session, test_id: int, problem: str) -> None:
    """Record that a test message was tried. `problem` is a sentence, or "" if the mail server took the message."""
    found = session.get_one(MailTest, test_id)
    found.tried_at, found.problem = func.now(), problem
