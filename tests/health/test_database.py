import pytest
from sqlalchemy.orm import Session

from intake.accounts.people import people
from intake.db import connect, engine, transaction
from intake.health.database import (
    TablesMissing,
    has_data,
    has_live_process,
    installed,
    known_revisions,
    newest_revision,
)
from intake.jobs import processes
from intake.models import Editor
from intake.settings import Settings
from tests.cast import Contributor


def test_the_tables_of_this_version(app_settings: Settings) -> None:
    server, revision = installed(engine())
    assert server[0].isdigit()
    assert revision == newest_revision() is not None


def test_no_tables_at_all(empty_database_url: str) -> None:
    empty = connect(empty_database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    assert installed(empty)[1] is None
    with pytest.raises(TablesMissing), Session(empty) as session:
        people(session)
    empty.dispose()


def test_all_revisions_are_known() -> None:
    assert {"0001", newest_revision()} <= known_revisions()


def test_tables_are_used_once_somebody_has_an_account(editor: Editor) -> None:
    with transaction() as session:
        assert has_data(session)


def test_tables_are_used_once_something_was_sent(contributor: Contributor) -> None:
    with transaction() as session:
        assert not has_data(session)
    contributor.submit()
    with transaction() as session:
        assert has_data(session)


def test_tables_are_worked_on_while_a_process_reports(app_settings: Settings) -> None:
    with transaction() as session:
        assert not has_live_process(session)
        processes.start(session, "relay@here", "relay", {})
    with transaction() as session:
        assert has_live_process(session)
