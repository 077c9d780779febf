import pytest
from sqlalchemy import Engine, select

from intake.db import DatabaseAway, connect
from intake.models import Job
from intake.queries.tables import TablesMissing, found, newest
from intake.settings import Settings


def engine(url: str) -> Engine:
    return connect(Settings(database_url=url).sqlalchemy_url)


def test_a_migrated_database_has_the_newest_revision(database_url: str) -> None:
    one = engine(database_url)
    version, revision = found(one)
    one.dispose()
    assert revision == newest()
    assert version[0].isdecimal()


def test_an_empty_one_has_none_and_says_so_when_it_is_used(empty_database_url: str) -> None:
    one = engine(empty_database_url)
    assert found(one)[1] is None
    with pytest.raises(TablesMissing), one.connect() as connection:
        connection.execute(select(Job))
    one.dispose()


def test_one_that_is_away_is_away() -> None:
    with pytest.raises(DatabaseAway):
        found(engine("postgresql://nobody@127.0.0.1:1/none"))
