"""Error messages of commands while the database is unavailable or has no tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

NAMED = "Check that PostgreSQL is running and that TRANSOM_DATABASE_URL is right."
EMBEDDED = (
    "It is the embedded one in {folder}, because TRANSOM_DATABASE_URL is not set. Start Transom with `transom up`."
    " If Transom runs with its own settings (systemd, containers), run commands with the same: docs/ops/commands.md."
)


@contextmanager
def database_needed() -> Iterator[None]:
    """Use the settings that admins chose. Convert errors of an unavailable database or missing tables to a ClickException."""
    from intake.db import DatabaseUnavailable, WrongEncoding, unavailable_reason
    from intake.health.database import TablesMissing
    from intake.magazine import chosen

    chosen.forget()
    chosen.refresh()
    try:
        yield
    except DatabaseUnavailable as error:
        advice = error.orig.advice if isinstance(error.orig, WrongEncoding) else _which()
        raise click.ClickException(f"{unavailable_reason(error)} {advice}") from None
    except TablesMissing:
        raise click.ClickException(
            "The database lacks tables of this version. Create them with `transom migrate`."
        ) from None


def _which() -> str:
    from intake.settings import settings

    return NAMED if settings().database_url else EMBEDDED.format(folder=settings().data_dir)
