"""`transom search`: keys of the search index."""

import click

from intake.cli.database import database_needed


@click.group()
def search() -> None:
    """Keys of the search index.

    Example: transom search rotate
    """


@search.command()
def rotate() -> None:
    """Write the whole search index anew under new keys, while everything runs.

    If the command is interrupted, run it again: it goes on. Searches find everything meanwhile. At its end they wait
    while the table is rewritten, so that no term under the older keys stays in it.

    Example: transom search rotate
    """
    from intake.crypto import KeyFault
    from intake.queue import reindexing

    try:
        with database_needed():
            is_new = reindexing.begin_rotation()
            click.echo("New search keys." if is_new else "Going on with the search keys of before.")
            reindex()
    except KeyFault as error:
        raise click.ClickException(str(error)) from None


def reindex() -> None:
    """Write entries of the search index anew that are not under the current keys, and print how many."""
    from intake.queue import reindexing

    done = sum(reindexing.reindex_all())
    click.echo(f"Indexed {done:,} submissions for the search.")
