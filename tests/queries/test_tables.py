import pytest
from sqlalchemy.orm import Session

from intake.db import connect, engine
from intake.queries.people import people
from intake.queries.tables import TablesMissing, found, newest
from intake.settings import Settings


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
