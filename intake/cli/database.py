"""What a command says when the database is away, or has no tables yet."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

NAMED = "See that PostgreSQL runs, and that TRANSOM_DATABASE_URL names it as it should."
EMBEDDED = (
    "It is the embedded one in {folder}, since TRANSOM_DATABASE_URL is not set: Is Transom running? Start it with `transom up`."
    " Where it runs with settings of its own (a file of systemd, containers), give commands with these: docs/ops/commands.md."
)


@contextmanager
def database_needed() -> Iterator[None]:
    """Turn the errors of a database that is not ready into one sentence each."""
    from intake.db import DatabaseUnavailable, WrongEncoding, unavailable_reason
    from intake.health.database import TablesMissing

    try:
        yield
    except DatabaseUnavailable as error:
        advice = error.orig.advice if isinstance(error.orig, WrongEncoding) else _which()
        raise click.ClickException(f"{unavailable_reason(error)} {advice}") from None
    except TablesMissing:
        raise click.ClickException(
            "The database lacks tables of this version. Make them with `transom migrate`."
        ) from None


def _which() -> str:
    from intake.settings import settings

    return NAMED if settings().database_url else EMBEDDED.format(folder=settings().data_dir)
