"""The database: engine, declarative base, and the one way to open a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import psycopg.sql
from sqlalchemy import Connection, DateTime, Engine, LargeBinary, MetaData, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

from intake.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
# Who migrates holds this advisory lock. Any fixed number; the letters "tRAN".
MIGRATION_LOCK = 0x7452414E

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

AwareDateTime = DateTime(timezone=True)
Bytes = LargeBinary

# What a caller without SQLAlchemy of its own catches when the database does not answer.
DatabaseAway = OperationalError

# LOCALE: the default of the server may be one that does not go with UTF8.
UTF8_DATABASE = "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"


class WrongEncoding(psycopg.OperationalError):
    """The database cannot store every language. SQLAlchemy raises it as DatabaseAway, with this error in `orig`."""

    def __init__(self, connection: "psycopg.Connection[Any]", encoding: str | None) -> None:
        info, named = connection.info, psycopg.sql.Identifier
        make = psycopg.sql.SQL(UTF8_DATABASE).format(
            name=named(f"{info.dbname}_utf8"), owner=named(info.user)
        )
        self.advice = (
            f"Make another one with `{make.as_string(connection)}`, and name it in TRANSOM_DATABASE_URL."
        )
        super().__init__(f"The database has the encoding {encoding} instead of UTF8.")


def why_away(error: DatabaseAway) -> str:
    """What is wrong, in a sentence. PostgreSQL gives no code for a connection that it refuses, so its words must do."""
    if isinstance(error.orig, WrongEncoding):
        return str(error.orig)
    if "password authentication failed" in str(error.orig):
        return "The database refuses the password in TRANSOM_DATABASE_URL."
    return "The database does not answer."


class Base(DeclarativeBase):
    """All tables; constraints carry fixed names so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)


def connect(url: str, **options: Any) -> Engine:
    """An engine that never writes parameters, which may be a person's words, into errors or logs."""
    # No prepared statements: PostgreSQL would plan one of them for all values, and of a million submissions
    # a lane may hold a hundred or nearly all, a word one or half.
    to_the_driver = {"connect_timeout": 3, "prepare_threshold": None}
    return _refuse_other_encodings(
        create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=to_the_driver, **options)
    )


def _refuse_other_encodings(made: Engine) -> Engine:
    """Make connections to a database that is not in UTF8 fail with WrongEncoding.

    This comes before SQLAlchemy's first query, which raises a TypeError where text comes as bytes (SQL_ASCII).
    """

    @event.listens_for(made, "do_connect")
    def _connect(dialect: Any, _record: Any, args: Any, options: Any) -> Any:
        connection = dialect.connect(*args, **options)
        # The server sends it with its greeting, so this is no round trip.
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            refusal = WrongEncoding(connection, encoding)
            connection.close()
            raise refusal
        return connection

    return made


@cache
def engine() -> Engine:
    """This process's engine."""
    return connect(settings().sqlalchemy_url, pool_size=10, max_overflow=10, pool_timeout=10)


@contextmanager
def transaction() -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or undone if the block raises."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def at_once() -> Iterator[Connection]:
    """A connection on which each statement is a transaction of its own: one round trip, where `transaction()` takes four.

    For what is done with every job, over an index. The connection may have died since it was last used: DatabaseAway,
    and the next one is new.
    """
    with _swift().connect() as connection:
        yield connection


@cache
def _swift() -> Engine:
    """This process's engine for few statements, which are always the same and therefore prepared.

    They are planned once, and a plan that was made while a table was small must not read all of it for ever.
    """
    planning = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
    to_the_driver = {"connect_timeout": 3, "options": planning}
    return _refuse_other_encodings(
        create_engine(
            settings().sqlalchemy_url,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            pool_size=1,
            connect_args=to_the_driver,
        )
    )


@contextmanager
def snapshot() -> Iterator[Session]:
    """A session that reads the whole database as it was at its first query, whatever is written meanwhile."""
    still = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine().connect().execution_options(**still) as connection, Session(connection) as session:
        yield session


def driver(session: Session) -> "psycopg.Connection[Any]":
    """The driver's connection below a session, in the same transaction: for COPY, which SQLAlchemy has no words for."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - we know no other driver
    return connection


def listen(channel: str) -> "psycopg.Connection[Any]":
    """A connection of its own that hears what is said on a channel at each commit; psycopg.OperationalError."""
    url = engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(url, autocommit=True, connect_timeout=3)
    connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
    return connection


def violates(error: IntegrityError, constraint: str) -> bool:
    """Whether it was this constraint, by its full name, that refused a write."""
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) == constraint


def request_session() -> "scoped_session[Session]":
    """A session for each thread, for Flask-Security's datastore; to be removed when the request ends."""
    return scoped_session(sessionmaker(engine()))


def forget_connections() -> None:
    """Drop connections inherited over a fork without closing the parent's."""
    for made in (engine, _swift):
        if made.cache_info().currsize:
            made().dispose(close=False)


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` (SQLAlchemy's form) to `revision`; several may call it at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, revision)
