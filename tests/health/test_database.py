import pytest
from sqlalchemy.orm import Session

from intake.accounts.people import people
from intake.db import connect, engine, transaction
from intake.health.database import TablesMissing, found, known, newest, used, worked_on
from intake.jobs import processes
from intake.models import Editor
from intake.settings import Settings
from tests.cast import Contributor


def test_the_tables_of_this_version(app_settings: Settings) -> None:
    server, revision = found(engine())
    assert server[0].isdigit()
    assert revision == newest() is not None


def test_no_tables_at_all(empty_database_url: str) -> None:
    empty = connect(empty_database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    assert found(empty)[1] is None
    with pytest.raises(TablesMissing), Session(empty) as session:
        people(session)
    empty.dispose()


def test_all_revisions_are_known() -> None:
    assert {"0001", newest()} <= known()


def test_tables_are_used_once_somebody_has_an_account(editor: Editor) -> None:
    with transaction() as session:
        assert used(session)


def test_tables_are_used_once_something_was_sent(contributor: Contributor) -> None:
    with transaction() as session:
        assert not used(session)
    contributor.submit()
    with transaction() as session:
        assert used(session)


def test_tables_are_worked_on_while_a_process_reports(app_settings: Settings) -> None:
    with transaction() as session:
        assert not worked_on(session)
        processes.start(session, "relay@here", "relay", {})
    with transaction() as session:
        assert worked_on(session)
