"""Roles of the database: one that owns the tables and migrates them, and one of the application, which may change no event."""

from dataclasses import dataclass

from sqlalchemy import Connection, NullPool, text
from sqlalchemy.orm import Session

from intake.db import connect
from intake.settings import Settings

READ_ONLY = ("alembic_version",)
APPEND_ONLY = ("events", "event_links")
FUNCTIONS = ("transom_forget_event_details(uuid)", "transom_delete_draft_events(uuid)")
TRIGGERS = (("event_links", "guard"), ("events", "guard"), ("events", "list_new"))


@dataclass(frozen=True)
class Protection:
    """Protection of the events. `role` is the role of the application.

    `is_append_only` is true if that role may add events, but not change or delete them. `has_triggers` is true if the
    triggers that refuse changes exist and are enabled.
    """

    role: str
    is_append_only: bool
    has_triggers: bool


def grant(settings: Settings) -> bool:
    """Give the application's role its rights on all tables.

    If it is the role that owns the tables, do nothing and return False. Raises DatabaseUnavailable if one of the two roles
    cannot log in.
    """
    with connect(settings.sqlalchemy_url, poolclass=NullPool).connect() as connection:
        role = _current(connection)
    with connect(settings.owner_url, poolclass=NullPool).connect() as connection, connection.begin():
        if _current(connection) == role:
            return False
        for statement in _statements(*_quoted(connection, role)):
            connection.execute(text(statement))
    return True


def _current(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT current_user")))


def _quoted(connection: Connection, role: str) -> tuple[str, str]:
    """Names of the role and of the schema, quoted for SQL."""
    names = text("SELECT quote_ident(:role), quote_ident(current_schema())")
    row = connection.execute(names, {"role": role}).one()
    return row[0], row[1]


def _statements(role: str, schema: str) -> list[str]:
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(READ_ONLY)} FROM {role}",
        f"REVOKE UPDATE, DELETE ON {', '.join(APPEND_ONLY)} FROM {role}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        f"GRANT EXECUTE ON FUNCTION {', '.join(FUNCTIONS)} TO {role}",
    ]


def protection(session: Session) -> Protection:
    """Read from the catalog of the database how the events are protected from the role of this session."""
    denied = " AND ".join(
        f"NOT has_table_privilege('{table}', '{right}')"
        for table in APPEND_ONLY
        for right in ("UPDATE", "DELETE", "TRUNCATE")
    )
    role, is_append_only = session.execute(text(f"SELECT current_user, {denied}")).one()
    on = session.execute(
        text(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgrelid IN (to_regclass('events'), to_regclass('event_links'))"
        )
    )
    return Protection(str(role), bool(is_append_only), set(TRIGGERS) <= {(row[0], row[1]) for row in on})
