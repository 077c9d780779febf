"""The database: engine, declarative base, transactions and migrations."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import psycopg.sql
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    NullPool,
    create_engine,
    event,
    exc,
    text,
)
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

from intake.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
# Advisory lock held during a migration. The number is arbitrary: the letters "tRAN".
MIGRATION_LOCK = 0x7452414E

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

AwareDateTime = DateTime(timezone=True)
Bytes = LargeBinary

# Raised when the database does not answer. An alias, so that callers need not import SQLAlchemy.
DatabaseUnavailable = OperationalError

# Raised when no connection of this process became free for POOL_SECONDS. An alias too.
NoConnection = exc.TimeoutError
POOL_SECONDS = 10

# LOCALE: the server's default locale may not support UTF8.
UTF8_DATABASE = "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"


class WrongEncoding(psycopg.OperationalError):
    """The database does not use UTF8, so it cannot store every language.

    SQLAlchemy wraps this error in DatabaseUnavailable, as its attribute `orig`.
    """

    def __init__(self, connection: "psycopg.Connection[Any]", encoding: str | None) -> None:
        info, named = connection.info, psycopg.sql.Identifier
        make = psycopg.sql.SQL(UTF8_DATABASE).format(
            name=named(f"{info.dbname}_utf8"), owner=named(info.user)
        )
        self.advice = (
            f"Make another one with `{make.as_string(connection)}`, and name it in TRANSOM_DATABASE_URL."
        )
        super().__init__(f"The database has the encoding {encoding} instead of UTF8.")


def unavailable_reason(error: DatabaseUnavailable) -> str:
    """Explain in one sentence why the database does not answer.

    PostgreSQL sends no error code when it refuses a connection, so the message text is compared.
    """
    if isinstance(error.orig, WrongEncoding):
        return str(error.orig)
    if "password authentication failed" in str(error.orig):
        return "The database refuses the password in TRANSOM_DATABASE_URL."
    return "The database does not answer."


class Base(DeclarativeBase):
    """Base class of all tables. Constraints get fixed names, so that migrations can refer to them."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


def connect(url: str, **options: Any) -> Engine:
    """Create an engine for `url`.

    Query parameters may contain a contributor's text, so they never appear in errors or logs.
    """
    # No prepared statements: PostgreSQL would use one plan for all parameter values.
    # Of a million submissions, one lane may have a hundred and another nearly all: they need different plans.
    connect_args = {"connect_timeout": 3, "prepare_threshold": None}
    return _refuse_other_encodings(
        create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=connect_args, **options)
    )


def _refuse_other_encodings(made: Engine) -> Engine:
    """Make connections to a database that is not in UTF8 fail with WrongEncoding.

    The check runs before SQLAlchemy's first query. In an SQL_ASCII database, that query raises a TypeError,
    because the driver returns text as bytes.
    """

    @event.listens_for(made, "do_connect")
    def _connect(dialect: Any, _record: Any, args: Any, options: Any) -> Any:
        connection = dialect.connect(*args, **options)
        # The server reports its encoding when a connection starts, so this costs no round trip.
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            refusal = WrongEncoding(connection, encoding)
            connection.close()
            raise refusal
        return connection

    return made


@cache
def engine() -> Engine:
    """Return this process's engine, created once."""
    return connect(settings().sqlalchemy_url, pool_size=10, max_overflow=20, pool_timeout=POOL_SECONDS)


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session in a transaction: commit at the end of the block, roll back if the block raises."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def owner_transaction() -> Iterator[Session]:
    """Open a session in a transaction with the role that owns the tables, for migrations and restores alone."""
    with connect(settings().owner_url, poolclass=NullPool).connect() as connection, connection.begin():
        yield Session(connection)


def reader() -> Connection:
    """Return a connection for reading, on which each statement costs one round trip.

    Each statement sees all data committed before the statement began. A READ COMMITTED transaction promises
    no more, but its BEGIN and COMMIT would add two round trips.
    """
    return engine().connect().execution_options(isolation_level="AUTOCOMMIT")


def owner_reader() -> Connection:
    """Return a connection like that of `reader`, with the role that owns the tables and may rewrite them (VACUUM FULL)."""
    owner = connect(settings().owner_url, poolclass=NullPool)
    return owner.connect().execution_options(isolation_level="AUTOCOMMIT")


class ReadSession(Session):
    """A session on a connection from `reader`. Changes to its objects are never written to the database."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, autoflush=False)


@contextmanager
def autocommit() -> Iterator[Connection]:
    """Open a connection on which each statement is its own transaction.

    A statement needs one round trip, where `transaction()` needs four. Use this for statements that run
    with every job. Each statement must use an index, because sequential scans are switched off.
    Raises DatabaseUnavailable if the pooled connection has died. The next call opens a new connection.
    """
    with _autocommit_engine().connect() as connection:
        yield connection


@cache
def _autocommit_engine() -> Engine:
    """Return this process's engine for a few constant statements, which are prepared.

    PostgreSQL plans each statement once. Sequential scans are off, so that a plan made for a small table
    stays good when the table grows.
    """
    planning = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
    connect_args = {"connect_timeout": 3, "options": planning}
    return _refuse_other_encodings(
        create_engine(
            settings().sqlalchemy_url,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            pool_size=1,
            connect_args=connect_args,
        )
    )


@contextmanager
def snapshot() -> Iterator[Session]:
    """Open a read-only session whose queries all see the data of the first query (REPEATABLE READ)."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine().connect().execution_options(**options) as connection, Session(connection) as session:
        yield session


# Count of everything that may still see rows deleted before the transaction :ours: connections to this database,
# replicas, prepared transactions and replication slots. A transaction with an id in another database counts as well, since
# the snapshot that VACUUM FULL itself takes is as old as the oldest such transaction of the whole server.
_OLDER = text(
    "SELECT count(*) FROM (SELECT CASE WHEN datname = current_database() OR backend_type = 'walsender'"
    " THEN greatest(age(backend_xid), age(backend_xmin)) ELSE age(backend_xid) END"
    " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    " UNION ALL SELECT age(transaction) FROM pg_prepared_xacts"
    " UNION ALL SELECT greatest(age(xmin), age(catalog_xmin)) FROM pg_replication_slots) AS found (age)"
    " WHERE found.age > age(CAST(:ours AS xid))"
)


def await_older_transactions(
    connection: Connection, seconds: float, tell: Callable[[], None] = lambda: None
) -> int:
    """Wait up to `seconds` for transactions that began before this call and could still see rows that are deleted.

    VACUUM FULL keeps such rows. Returns the number of these transactions that are still open. Calls `tell` once a
    second. The connection must be in autocommit mode.
    """
    ours = connection.scalar(text("SELECT CAST(CAST(pg_current_xact_id() AS xid) AS text)"))
    deadline = time.monotonic() + seconds
    while older := connection.scalars(_OLDER, {"ours": ours}).one():
        if time.monotonic() > deadline:
            break
        tell()
        time.sleep(1)
    return int(older)


def driver_connection(session: Session) -> "psycopg.Connection[Any]":
    """Return the psycopg connection of a session, in the same transaction.

    The statement COPY needs this connection, since SQLAlchemy has no API for COPY.
    """
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - psycopg is the only driver
    return connection


def listen(channel: str) -> "psycopg.Connection[Any]":
    """Open a connection that receives the notifications of `channel` (LISTEN).

    Raises psycopg.OperationalError.
    """
    url = engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(url, autocommit=True, connect_timeout=3)
    connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
    return connection


def flush(session: Session, constraint: str, refusal: type[Exception]) -> None:
    """Write pending changes. Raises `refusal` if the constraint with the full name `constraint` fails.

    Any other constraint raises IntegrityError: a bug must not look like the expected refusal.
    """
    try:
        session.flush()
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) == constraint:
            raise refusal from error
        raise


def request_session() -> "scoped_session[Session]":
    """Return a thread-local session for Flask-Security's datastore. Remove it when the request ends."""
    return scoped_session(sessionmaker(engine()))


def drop_inherited_connections() -> None:
    """Drop the connections that a forked process inherited. They stay open in the parent process."""
    for made in (engine, _autocommit_engine):
        if made.cache_info().currsize:
            made().dispose(close=False)


def migrate(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` (an SQLAlchemy URL) to `revision`.

    Several processes may call this function at the same time.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, revision)
