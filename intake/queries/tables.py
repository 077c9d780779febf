"""Whether the database has the tables of this version."""

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from intake.db import MIGRATIONS

# What a caller without SQLAlchemy of its own catches where a table or a column is not there.
TablesMissing = ProgrammingError


def newest() -> str | None:
    """The revision that this version needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def found(engine: Engine) -> tuple[str, str | None]:
    """PostgreSQL's version, and the revision of the tables, None where there are none; DatabaseAway."""
    with engine.connect() as connection:
        server: str = connection.scalar(text("SHOW server_version")) or ""
        if not connection.scalar(text("SELECT to_regclass('alembic_version')")):
            return server, None
        return server, connection.scalar(text("SELECT version_num FROM alembic_version"))
