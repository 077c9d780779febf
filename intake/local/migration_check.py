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
    """Return whether `transom migrate` has work to do: no tables, another revision, keys or words of before, or a missing key file."""
    url = settings.sqlalchemy_url.replace("+psycopg", "", 1)
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is None or row[0] != newest():
                return True
            of_before = "SELECT 1 FROM submission_keys WHERE holder = 'application' LIMIT 1"
            in_clear = "SELECT 1 FROM clear_words LIMIT 1"
            if connection.execute(of_before).fetchone() or connection.execute(in_clear).fetchone():
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
