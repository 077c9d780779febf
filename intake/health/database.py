"""Whether the database has the tables of this version, and whether anybody uses them."""

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from intake.db import MIGRATIONS
from intake.jobs.processes import SILENT_AFTER
from intake.models import Editor, Heartbeat, Submission

# What a caller without SQLAlchemy of its own catches where a table or a column is not there.
TablesMissing = ProgrammingError


def newest_revision() -> str | None:
    """The revision that this version needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def known_revisions() -> set[str]:
    """All revisions that this version can migrate from."""
    return {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def installed(engine: Engine) -> tuple[str, str | None]:
    """PostgreSQL's version, and the revision of the tables, None where there are none; DatabaseUnavailable."""
    with engine.connect() as connection:
        return connection.scalar(text("SHOW server_version")) or "", revision(connection)


def revision(connection: Connection) -> str | None:
    """The revision of the tables, None where there are none."""
    if not connection.scalar(text("SELECT to_regclass('alembic_version')")):
        return None
    number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


def has_data(session: Session) -> bool:
    """Whether anybody has an account or has sent something. All other rows follow from these, or are the machines' own."""
    return any(session.scalar(select(one).limit(1)) is not None for one in (Editor.id, Submission.id))


def has_live_process(session: Session) -> bool:
    """Whether a process of ours has just reported that it runs on these tables."""
    alive = select(Heartbeat.name).where(Heartbeat.seen_at > func.now() - SILENT_AFTER)
    return session.scalar(alive.limit(1)) is not None


def first_wrapped_key(session: Session) -> bytes | None:
    """The wrapped key of the first submission that has one, which the right master key opens; None where there is none.

    Of the first: where a lost key was replaced by another, later ones are wrapped by that.
    """
    first = select(Submission.wrapped_key).where(Submission.wrapped_key.is_not(None))
    return session.scalar(first.order_by(Submission.received_at, Submission.id).limit(1))
