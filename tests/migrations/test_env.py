"""Migrations lead from every earlier database to the tables that the models describe."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, text

from intake.db import MIGRATION_LOCK, MIGRATIONS, Base, connect, migrate
from intake.models.account import ROLES
from tests.databases import Databases
from tests.waiting import until

REVISIONS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
HEAD = REVISIONS[-1]

# Everything that Alembic's comparison passes over: checks, and how constraints and indexes are made.
CONSTRAINTS = text(
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace"
)
DEFAULTS = text(
    "SELECT adrelid::regclass::text, attname::text, pg_get_expr(adbin, adrelid) FROM pg_attrdef"
    " JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum"
)
INDEXES = text("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")


def for_sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def url(empty_database_url: str) -> str:
    """An empty database, as SQLAlchemy names it."""
    return for_sqlalchemy(empty_database_url)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = connect(url)
    yield made
    made.dispose()


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def shape(connection: Connection) -> set[tuple[str, ...]]:
    rows = [row for query in (CONSTRAINTS, DEFAULTS, INDEXES) for row in connection.execute(query)]
    return {tuple(row) for row in rows if not row[0].startswith("alembic")}


# If PostgreSQL rewrites the expression of a computed column, Alembic warns that it cannot change it. `shape` compares it.
@pytest.mark.filterwarnings("ignore:Computed default on submissions.lane")
def test_models_and_migrations_agree(url: str, engine: Engine, databases: Databases) -> None:
    migrate(url)
    created = databases.empty()
    other = create_engine(for_sqlalchemy(created))
    with engine.connect() as connection, other.begin() as fresh:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        Base.metadata.create_all(fresh)
        assert shape(connection) == shape(fresh)
    other.dispose()
    databases.drop(created)


class Ladder:
    """A database that is migrated step by step, so that a test of a revision need not run all earlier migrations."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._url = databases.empty()
        self._height = 0

    def copy(self, earlier: str | None) -> str:
        """Return the address of a new database of revision `earlier`, or without tables."""
        height = REVISIONS.index(earlier) + 1 if earlier else 0
        if height < self._height:
            self.drop()
            self._url = self._databases.empty()
        if earlier:
            migrate(for_sqlalchemy(self._url), earlier)
        self._height = height
        return self._databases.copy(self._url)

    def drop(self) -> None:
        self._databases.drop(self._url)


@pytest.fixture(scope="module")
def ladder(databases: Databases) -> Iterator[Ladder]:
    made = Ladder(databases)
    yield made
    made.drop()


IN_GATE = {None, *REVISIONS[::8], *REVISIONS[-4:]}


@pytest.mark.parametrize(
    "earlier",
    [
        pytest.param(one, marks=() if one in IN_GATE else pytest.mark.slow, id=one or "empty")
        for one in (None, *REVISIONS)
    ],
)
def test_every_earlier_database_comes_to_the_newest(
    ladder: Ladder, databases: Databases, earlier: str | None
) -> None:
    copy = ladder.copy(earlier)
    engine = connect(for_sqlalchemy(copy))
    with engine.connect() as connection:
        assert revision(connection) == earlier
    migrate(for_sqlalchemy(copy))
    with engine.connect() as connection:
        assert revision(connection) == HEAD
    engine.dispose()
    databases.drop(copy)


def test_there_is_one_newest_revision() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_roles_are_there_from_the_start(url: str, engine: Engine) -> None:
    migrate(url)
    with engine.connect() as connection:
        assert set(connection.scalars(text("SELECT name FROM roles"))) == set(ROLES)


def test_two_that_migrate_at_once_wait_for_each_other(url: str, engine: Engine) -> None:
    """A lock holds both processes until both wait. Then one migrates, and the other finds nothing to do."""
    program = [sys.executable, "-c", "import sys; from intake.db import migrate; migrate(sys.argv[1])", url]
    queue = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with engine.connect() as holder:
        holder.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        running = [subprocess.Popen(program, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        until(lambda: holder.scalar(queue) == 2, 60)
        assert revision(holder) is None
        holder.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": MIGRATION_LOCK})
        ended = [(process.communicate()[1], process.returncode) for process in running]
        assert ended == [("", 0), ("", 0)]
        holder.rollback()
        assert revision(holder) == HEAD


def test_a_migration_that_fails_keeps_nobody_waiting(url: str, engine: Engine) -> None:
    with pytest.raises(CommandError):
        migrate(url, "no such revision")
    with engine.connect() as connection:
        locks = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        until(lambda: connection.scalar(locks) == 0)
    migrate(url)
