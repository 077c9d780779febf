"""A separate role of the application can add events, but not change them. Tested on the real PostgreSQL."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.orm import Session

from intake.audit import roles
from intake.db import connect
from intake.settings import Settings
from tests.databases import Databases


@dataclass(frozen=True)
class Roles:
    """A database with a role of the application."""

    settings: Settings
    owner: str
    application: str
    name: str


@pytest.fixture
def two_roles(databases: Databases) -> Iterator[Roles]:
    owner = databases.migrated()
    name = f"app_{secrets.token_hex(4)}"
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'x'".encode())
    parts = urlsplit(owner)
    application = parts._replace(netloc=f"{name}:x@{parts.netloc.rpartition('@')[2]}").geturl()
    settings = Settings.from_env({"TRANSOM_DATABASE_URL": application, "TRANSOM_MIGRATION_URL": owner})
    yield Roles(settings, owner, application, name)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'DROP OWNED BY "{name}"; DROP ROLE "{name}"'.encode())
    databases.drop(owner)


INSERT = "INSERT INTO events (name, data) VALUES ('queue.paused', '{\"reason\": \"x\"}')"
REFUSED = (
    "UPDATE events SET data = '{}'",
    "UPDATE events SET at = now()",
    "DELETE FROM events",
    "TRUNCATE events CASCADE",
    "UPDATE event_links SET salt = NULL",
    "DELETE FROM event_links",
    "ALTER TABLE events DISABLE TRIGGER guard",
    "DROP TRIGGER guard ON events",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '0001'",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_application_cannot_change_events(two_roles: Roles, statement: str) -> None:
    assert roles.grant(two_roles.settings)
    with psycopg.connect(two_roles.application) as connection:
        connection.execute(INSERT)
        connection.commit()
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        connection.rollback()
        row = connection.execute("SELECT name, data FROM events").fetchone()
    assert row == ("queue.paused", {"reason": "x"})


def test_the_application_can_do_its_other_work(two_roles: Roles) -> None:
    roles.grant(two_roles.settings)
    with psycopg.connect(two_roles.application) as connection:
        connection.execute("UPDATE editors SET active = false")
        connection.execute("DELETE FROM jobs")
        connection.execute("SELECT transom_forget_event_details(gen_random_uuid())")
        connection.execute("SELECT transom_delete_draft_events(gen_random_uuid())")
        connection.execute("SELECT version_num FROM alembic_version")


def test_granting_again_takes_back_what_was_given_by_hand(two_roles: Roles) -> None:
    roles.grant(two_roles.settings)
    with psycopg.connect(two_roles.owner, autocommit=True) as connection:
        connection.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{two_roles.name}"'.encode())
    assert not protection(two_roles).is_append_only
    roles.grant(two_roles.settings)
    assert protection(two_roles).is_append_only


def protection(two_roles: Roles) -> roles.Protection:
    engine = connect(two_roles.settings.sqlalchemy_url)
    try:
        with Session(engine) as session:
            return roles.protection(session)
    finally:
        engine.dispose()


def test_protection_names_the_role_and_both_lines(two_roles: Roles) -> None:
    roles.grant(two_roles.settings)
    assert protection(two_roles) == roles.Protection(two_roles.name, is_append_only=True, has_triggers=True)


def test_a_trigger_that_is_off_is_seen(two_roles: Roles) -> None:
    roles.grant(two_roles.settings)
    with psycopg.connect(two_roles.owner, autocommit=True) as connection:
        connection.execute("ALTER TABLE events DISABLE TRIGGER guard")
    assert not protection(two_roles).has_triggers


def test_one_role_for_both_is_left_alone(databases: Databases) -> None:
    url = databases.migrated()
    assert not roles.grant(Settings.from_env({"TRANSOM_DATABASE_URL": url}))
    databases.drop(url)


def test_a_role_that_public_was_granted_to_does_not_reach_the_functions(two_roles: Roles) -> None:
    with (
        psycopg.connect(two_roles.application) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT transom_forget_event_details(gen_random_uuid())")
