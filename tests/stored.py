"""Contents of the disk and the database of the test's installation."""

from pathlib import Path

import psycopg
from psycopg import sql

from intake.settings import Settings
from intake.storage import Disk, files


def root() -> Path:
    """Folder of the installation's files."""
    disk = files()
    assert isinstance(disk, Disk)
    return disk.root


def paths(area: str) -> list[Path]:
    """Every file in `area`."""
    return [root() / one.name for one in files().listing(area)]


def everything(app_settings: Settings) -> dict[str, str]:
    """Every row of every table as text, as a dump would show it, with bytes as they are."""
    with psycopg.connect(app_settings.database_url) as connection:
        connection.execute("SET bytea_output = 'escape'")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: "\n".join(
                row
                for (row,) in connection.execute(
                    sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name))
                )
            )
            for (name,) in tables
        }
