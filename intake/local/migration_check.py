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


def needs_migration(settings: Settings) -> bool:
    """Return whether `transom migrate` has work to do: no tables, another revision, or no master key."""
    url = settings.sqlalchemy_url.replace("+psycopg", "", 1)
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.Error:
        return True
    return row is None or row[0] != newest() or not settings.master_key_path.exists()
