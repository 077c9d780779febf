"""Rights of the database user and settings of the PostgreSQL server that a scrub needs."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from intake.db import Base

STATISTICS = "pg_catalog.pg_statistic"
"""Table of the planner's statistics. Before migration 0036, it held samples of words from submissions."""


@dataclass(frozen=True)
class Missing:
    """Something that the server or the database user lacks, as a sentence, and the statements that give it."""

    sentence: str
    advice: str


# Condition that holds if something is missing → sentence, advice. `{user}` and `{database}` are quoted names.
RIGHTS = (
    (
        "NOT pg_has_role('pg_checkpoint', 'USAGE')",
        "The database user may not start a checkpoint.",
        "GRANT pg_checkpoint TO {user}",
    ),
    (
        "NOT pg_has_role('pg_monitor', 'USAGE')",
        "The database user may not see the server’s log segments and other connections.",
        "GRANT pg_monitor TO {user}",
    ),
    (
        "NOT has_function_privilege('pg_switch_wal()', 'EXECUTE')",
        "The database user may not begin a new log segment.",
        "In the database {database}: GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {user}",
    ),
    (
        "NOT pg_has_role((SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE')",
        "The database user does not own the database, so old statistics stay.",
        "ALTER DATABASE {database} OWNER TO {user}",
    ),
    (
        "EXISTS (SELECT FROM pg_class WHERE oid = ANY (CAST(:tables AS regclass[])) AND NOT pg_has_role(relowner, 'USAGE'))",
        "The database user does not own all tables of Transom.",
        "REASSIGN OWNED BY … TO {user}",
    ),
)
SETTINGS = (
    (
        "current_setting('wal_keep_size') <> '0'",
        "The server keeps old log segments (wal_keep_size).",
        "ALTER SYSTEM SET wal_keep_size = 0; SELECT pg_reload_conf()",
    ),
    (
        "current_setting('log_error_verbosity') <> 'terse'",
        "The server’s own log quotes rows in error messages (log_error_verbosity).",
        "ALTER SYSTEM SET log_error_verbosity = terse; SELECT pg_reload_conf()",
    ),
    (
        "current_setting('log_parameter_max_length') <> '0' AND (current_setting('log_statement') <> 'none'"
        " OR current_setting('log_min_duration_statement') <> '-1'"
        " OR current_setting('log_min_duration_sample') <> '-1')",
        "The server’s own log quotes values of statements (log_parameter_max_length).",
        "ALTER SYSTEM SET log_parameter_max_length = 0; SELECT pg_reload_conf()",
    ),
    (
        "current_setting('log_parameter_max_length_on_error') <> '0'",
        "The server’s own log quotes values of failed statements (log_parameter_max_length_on_error).",
        "ALTER SYSTEM SET log_parameter_max_length_on_error = 0; SELECT pg_reload_conf()",
    ),
    (
        "EXISTS (SELECT FROM pg_replication_slots)",
        "A replication slot can keep old log segments, and a replica has files of its own.",
        "See docs/ops/scrub.md",
    ),
)


def tables() -> list[str]:
    """Names of all tables of Transom, the keys of submissions first."""
    first = (
        "submission_keys",
        "link_keys",
        "original_shares",
        "opening_shares",
        "submissions",
        "revisions",
        "photos",
    )
    return [*first, *sorted(Base.metadata.tables.keys() - set(first))]


def missing(connection: Connection) -> list[Missing]:
    """Return what the server and the database user lack for a scrub. Changes nothing."""
    name = connection.execute(text("SELECT quote_ident(current_user), quote_ident(current_database())")).one()
    user, database = name
    found = []
    for condition, sentence, advice in RIGHTS + SETTINGS:
        values = {"tables": tables()} if ":tables" in condition else {}
        if connection.scalar(text(f"SELECT {condition}"), values):
            found.append(Missing(sentence, advice.format(user=user, database=database)))
    return found


def keeps_archive(connection: Connection) -> bool:
    """Return whether the server copies its log to an archive, which is a backup."""
    return bool(connection.scalar(text("SHOW archive_mode")) != "off")
