"""Migration state of the database, and whether anybody uses it."""

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from intake.db import MIGRATIONS
from intake.jobs.processes import SILENT_AFTER
from intake.models import Editor, Heartbeat, Submission

# Error for a missing table or column, so that callers need not import SQLAlchemy.
TablesMissing = ProgrammingError


def newest_revision() -> str | None:
    """Latest migration of this version."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def known_revisions() -> set[str]:
    """All migrations that this version can upgrade from."""
    return {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def installed(engine: Engine) -> tuple[str, str | None]:
    """Version of PostgreSQL and revision of the tables, None without tables. Raises DatabaseUnavailable."""
    with engine.connect() as connection:
        return connection.scalar(text("SHOW server_version")) or "", revision(connection)


def revision(connection: Connection) -> str | None:
    """Revision of the tables, None without tables."""
    if not connection.scalar(text("SELECT to_regclass('alembic_version')")):
        return None
    number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


def has_data(session: Session) -> bool:
    """Return whether the database has an account or a submission.

    All other rows follow from these or are internal.
    """
    return any(session.scalar(select(one).limit(1)) is not None for one in (Editor.id, Submission.id))


def has_live_process(session: Session) -> bool:
    """Return whether a process of Transom has recently reported that it uses this database."""
    alive = select(Heartbeat.name).where(Heartbeat.seen_at > func.now() - SILENT_AFTER)
    return session.scalar(alive.limit(1)) is not None


def first_wrapped_key(session: Session) -> bytes | None:
    """Wrapped key of the first submission that has one, or None. The right master key opens it.

    It is the first one on purpose: if a lost master key was replaced, the new one wraps later keys.
    """
    first = select(Submission.wrapped_key).where(Submission.wrapped_key.is_not(None))
    return session.scalar(first.order_by(Submission.received_at, Submission.id).limit(1))
