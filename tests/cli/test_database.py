from pathlib import Path

import click
import pytest
from sqlalchemy import text

from intake.cli.database import database_needed
from intake.db import transaction
from intake.settings import Settings
from tests.cli.conftest import Reset


def test_what_succeeds_passes_through(app_settings: Settings) -> None:
    with database_needed(), transaction() as session:
        assert session.scalar(text("SELECT 7")) == 7


def test_a_database_that_is_away(database_away: Settings) -> None:
    with (
        pytest.raises(click.ClickException, match=r"does not answer\. .*TRANSOM_DATABASE_URL is right"),
        database_needed(),
        transaction() as session,
    ):
        session.scalar(text("SELECT 7"))


def test_an_embedded_database_that_is_away(reset: Reset, tmp_path: Path) -> None:
    """The error message names the data folder.

    A shell without the installation's settings would look for the database in another folder, an empty one.
    """
    reset(TRANSOM_DATABASE_URL="", TRANSOM_DATA_DIR=str(tmp_path))
    with (
        pytest.raises(click.ClickException, match=f"embedded one in {tmp_path}.*`transom up`"),
        database_needed(),
        transaction() as session,
    ):
        session.scalar(text("SELECT 7"))


def test_a_database_without_tables(no_tables: Settings) -> None:
    with (
        pytest.raises(click.ClickException, match=r"lacks tables.*`transom migrate`"),
        database_needed(),
        transaction() as session,
    ):
        session.scalar(text("SELECT count(*) FROM submissions"))
