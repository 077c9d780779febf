"""Migration state of the database, and whether the database has data or is used by a running process."""

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from intake.db import MIGRATIONS
from intake.jobs.processes import SILENT_AFTER
from intake.keys.holders import RECEIPT
from intake.models import Editor, Heartbeat, Submission, SubmissionKey

# Raised for a missing table or column. The alias spares callers the import of SQLAlchemy.
TablesMissing = ProgrammingError


def newest_revision() -> str | None:
    """Alembic revision of the latest migration of this version of Transom."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def known_revisions() -> set[str]:
    """Alembic revisions of all migrations from which this version of Transom can upgrade."""
    return {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def installed(engine: Engine) -> tuple[str, str | None]:
    """Version of PostgreSQL, and Alembic revision of the tables (None if there are no tables).

    Raises DatabaseUnavailable.
    """
    with engine.connect() as connection:
        return connection.scalar(text("SHOW server_version")) or "", revision(connection)


def revision(connection: Connection) -> str | None:
    """Alembic revision of the tables, or None if there are no tables."""
    if not connection.scalar(text("SELECT to_regclass('alembic_version')")):
        return None
    number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


def has_data(session: Session) -> bool:
    """Return whether the database has an account or a submission.

    Without accounts and submissions, all other rows are internal, such as heartbeats.
    """
    return any(session.scalar(select(one).limit(1)) is not None for one in (Editor.id, Submission.id))


def has_live_process(session: Session) -> bool:
    """Return whether a process of Transom has written a heartbeat to this database within SILENT_AFTER."""
    alive = select(Heartbeat.name).where(Heartbeat.seen_at > func.now() - SILENT_AFTER)
    return session.scalar(alive.limit(1)) is not None


def first_wrapped_keys(session: Session) -> list[SubmissionKey]:
    """Return the wrapped key of the oldest submission for each key pair, and for the application secret.

    The oldest are needed to detect a replaced key file: a new key would open the keys of later submissions.
    """
    query = (
        select(SubmissionKey)
        .join(Submission)
        .where(SubmissionKey.holder != RECEIPT)
        .ext(distinct_on(SubmissionKey.holder))
        .order_by(SubmissionKey.holder, Submission.received_at, Submission.arrival)
    )
    return list(session.scalars(query))
