"""What a command says when the database is away, or has no tables yet."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def database_needed() -> Iterator[None]:
    """Turn the errors of a database that is not ready into one sentence each."""
    from intake.db import DatabaseAway, why_away
    from intake.queries.tables import TablesMissing

    try:
        yield
    except DatabaseAway as error:
        raise click.ClickException(
            f"{why_away(error)} Is Transom running? Start it with `transom up`."
        ) from None
    except TablesMissing:
        raise click.ClickException(
            "The database lacks tables of this version. Make them with `transom migrate`."
        ) from None
