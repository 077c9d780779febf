"""Check for pending migrations at every start.

Uses neither SQLAlchemy nor Alembic, because importing them takes a second.
"""

from pathlib import Path

import psycopg

from intake.settings import Settings

VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"


def newest() -> str:
    """Latest Alembic revision of this version of Transom.

    The name of each migration file begins with its revision, a number that increases.
    """
    return max(path.stem.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


OF_BEFORE = (
    "SELECT 1 FROM submission_keys WHERE holder = 'application' LIMIT 1",
    "SELECT 1 FROM clear_words LIMIT 1",
    "SELECT 1 FROM views WHERE sealed IS NULL LIMIT 1",
    "SELECT 1 FROM search_keys HAVING count(*) > 1 OR min(number) = 0",
)
"""Queries that find keys, words and search entries still in an older form, as an interrupted `transom migrate` leaves them."""


def needs_migration(settings: Settings) -> bool:
    """Return whether `transom migrate` has work to do: no tables, another revision, a missing key file, or OF_BEFORE."""
    url = settings.sqlalchemy_url.replace("+psycopg", "", 1)
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is None or row[0] != newest():
                return True
            if any(connection.execute(query).fetchone() for query in OF_BEFORE):
                return True
    except psycopg.Error:
        return True
    files = (
        settings.master_key_path,
        settings.private_key_path,
        settings.public_key_path,
        settings.public_secrets_path,
    )
    return not all(path.exists() for path in files)
