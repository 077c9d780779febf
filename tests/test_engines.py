from sqlalchemy import Engine, create_engine, event, text

from intake import db
from intake.settings import Settings
from tests.engines import Engines
from tests.forgetting import forget


def address(database_url: str) -> str:
    return database_url.replace("postgresql://", "postgresql+psycopg://", 1)


def asked(engine: Engine) -> int:
    with engine.connect() as connection:
        number: int = connection.execute(text("SELECT 1")).scalar_one()
        return number


def test_an_address_has_one_engine_for_each_set_of_options(database_url: str) -> None:
    engines = Engines(create_engine)
    one, same = (engines.create(address(database_url), pool_size=1) for _ in range(2))
    other = engines.create(address(database_url), pool_size=2)
    assert asked(one) == asked(same) == asked(other) == 1
    assert one.pool is same.pool is not other.pool
    one.dispose()
    other.dispose()


def test_who_listens_hears_no_other_test(database_url: str) -> None:
    engines = Engines(create_engine)
    heard = []
    one, other = (engines.create(address(database_url)) for _ in range(2))
    event.listen(one, "before_cursor_execute", lambda *call: heard.append(call[2]))
    asked(other)
    assert heard == []
    asked(one)
    assert heard == ["SELECT 1"]
    one.dispose()


def test_the_installation_s_engine_outlives_what_is_forgotten_of_it(app_settings: Settings) -> None:
    asked(before := db.engine())
    forget()
    asked(after := db.engine())
    assert after is not before
    assert after.dialect is before.dialect
