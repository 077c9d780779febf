import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from intake import db
from intake.db import DatabaseUnavailable, autocommit, connect, flush, snapshot, transaction
from intake.errors import NameTaken
from intake.models import Editor, Heartbeat
from intake.settings import Settings

SECRET = "a contributor's words"
BACKEND = text("SELECT pg_backend_pid()")


def beat(name: str = "worker@here") -> Heartbeat:
    return Heartbeat(name=name, kind="worker")


def names() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Heartbeat.name)))


def test_a_transaction_keeps_its_work_at_its_end(app_settings: Settings) -> None:
    with transaction() as session:
        session.add(beat())
    assert names() == ["worker@here"]


def test_a_transaction_that_fails_leaves_nothing(app_settings: Settings) -> None:
    def fail() -> None:
        with transaction() as session:
            session.add(beat())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names() == []


def test_what_was_read_can_be_used_afterwards(app_settings: Settings) -> None:
    with transaction() as session:
        made = beat()
        session.add(made)
    assert made.started_at.tzinfo is not None


def test_autocommit_needs_no_commit(app_settings: Settings) -> None:
    with autocommit() as connection:
        connection.execute(insert(Heartbeat).values(name="worker@here", kind="worker"))
        assert names() == ["worker@here"]


def test_autocommit_statements_use_an_index_however_small_the_table(app_settings: Settings) -> None:
    """The statement is planned once, and the table may grow by a million rows later."""
    with autocommit() as connection:
        plan = connection.scalars(text("EXPLAIN SELECT 1 FROM heartbeats WHERE name = 'worker@here'")).all()
    assert "Seq Scan" not in "".join(plan)


def test_errors_of_autocommit_statements_quote_nothing(app_settings: Settings) -> None:
    with pytest.raises(StatementError) as caught, autocommit() as connection:
        connection.execute(text("SELECT CAST(:word AS integer) / 0 FROM nowhere"), {"word": SECRET})
    assert SECRET not in str(caught.value)


def test_errors_do_not_quote_what_was_written(app_settings: Settings) -> None:
    with pytest.raises(StatementError) as caught, transaction() as session:
        session.execute(text("SELECT CAST(:word AS integer) / 0 FROM nowhere"), {"word": SECRET})
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)


def twins(constraint: str) -> None:
    """Write two editors with one address."""
    with transaction() as session:
        session.add_all(Editor(email="a@b.example", name=name) for name in ("A", "B"))
        flush(session, constraint, NameTaken)


def test_flush_raises_the_refusal_of_the_constraint_alone(app_settings: Settings) -> None:
    with pytest.raises(NameTaken):
        twins("uq_editors_email")
    with pytest.raises(IntegrityError):
        twins("uq_submissions_receipt_hash")


def test_a_database_that_does_not_answer_is_unavailable(app_settings: Settings) -> None:
    nowhere = make_url(app_settings.sqlalchemy_url).set(database=uuid.uuid4().hex)
    with pytest.raises(DatabaseUnavailable):
        connect(nowhere.render_as_string(hide_password=False)).connect()


def test_a_request_has_a_session_of_its_own(app_settings: Settings) -> None:
    session = db.request_session()
    session.add(beat())
    session.commit()
    session.remove()
    assert names() == ["worker@here"]


@pytest.mark.parametrize("connecting", [lambda: db.engine().connect(), autocommit], ids=["engine", "at once"])
def test_connections_of_before_a_fork_are_left_to_the_parent(
    app_settings: Settings, connecting: Callable[[], AbstractContextManager[Connection]]
) -> None:
    """Two processes on one connection would read each other's answers. Closing it would end the parent's session."""
    with connecting() as first:
        inherited = first.connection.dbapi_connection
        number = first.scalar(BACKEND)
    db.drop_inherited_connections()
    with connecting() as second:
        assert second.scalar(BACKEND) != number
    assert inherited is not None
    cursor = inherited.cursor()
    cursor.execute("SELECT 1")
    assert cursor.fetchone() == (1,)
    inherited.close()


def test_a_process_that_never_asked_has_nothing_to_forget(app_settings: Settings) -> None:
    db.drop_inherited_connections()
    assert db.engine.cache_info().currsize == 0


def test_a_snapshot_sees_nothing_that_comes_later_and_writes_nothing(app_settings: Settings) -> None:
    with snapshot() as session:
        before = list(session.scalars(select(Heartbeat.name)))
        with transaction() as writer:
            writer.add(beat())
        assert list(session.scalars(select(Heartbeat.name))) == before == []
        with pytest.raises(DBAPIError, match="read-only transaction"):
            session.execute(text("DELETE FROM heartbeats"))
    assert names() == ["worker@here"]
    with transaction() as session:  # The connection is back in the pool. It must allow writing again.
        session.add(beat("relay@here"))
