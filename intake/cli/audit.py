"""`transom audit`: the chain of events."""

import sys
from typing import TYPE_CHECKING

import click

from intake.cli.database import database_needed

if TYPE_CHECKING:
    from intake.audit.heads import Head
    from intake.audit.verification import ChainCheck

MOST_SENTENCES = 20


@click.group()
def audit() -> None:
    """Events as evidence: find out whether an event was changed or deleted after it was recorded.

    Example: transom audit verify
    """


def _head(_context: click.Context, _option: click.Parameter, text: str | None) -> "Head | None":
    from intake.audit import heads

    try:
        return heads.parse(text) if text else None
    except heads.NotAHead:
        raise click.BadParameter(
            "Copy the whole head from the mail or the page, such as 1841-5f2c…."
        ) from None


@audit.command()
@click.option(
    "--head", "known", callback=_head, help="Head from a mail or from the page “Events”, such as 1841-5f2c…."
)
def verify(known: "Head | None") -> None:
    """Verify that no event was changed, deleted, reordered or inserted. Exit 1 if one was.

    With --head, verify as well that the chain up to that head is still the same. Only a head that was kept outside of this
    database shows that the whole chain was rewritten.

    Example: transom audit verify --head 1841-5f2c0e…
    """
    from intake.audit import verification
    from intake.db import snapshot

    with database_needed(), snapshot() as session:
        count = verification.count_links(session)
        with click.progressbar(length=count, label="Verifying events", file=sys.stderr) as bar:
            found = verification.verify(session, known, bar.update)
    sys.exit(0 if _report(found, known) else 1)


def _report(found: "ChainCheck", known: "Head | None") -> bool:
    for sentence in found.faults[:MOST_SENTENCES]:
        click.echo(sentence)
    if found.faults:
        if len(found.faults) > MOST_SENTENCES:
            click.echo(f"{len(found.faults) - MOST_SENTENCES:,} more faults were found.")
        return False
    click.echo(f"The chain is whole: {_events(found.count)}, {found.emptied:,} of them emptied by purges.")
    if found.waiting:
        click.echo(
            f"{_events(found.waiting)} not linked yet: new ones, and those of drafts that are not sent."
        )
    if known:
        click.echo(f"The chain up to link {known.position:,} is the one of the head that you gave.")
    click.echo(f"Head: {found.head or 'none'}")
    return True


def _events(count: int) -> str:
    return f"{count:,} event{'s' if count != 1 else ''}"


@audit.command()
def head() -> None:
    """Print the head of the chain. Keep it outside of this machine, for `transom audit verify --head`.

    Example: transom audit head
    """
    from intake.audit import heads
    from intake.db import transaction

    with database_needed(), transaction() as session:
        found = heads.current(session)
    if found is None:
        raise click.ClickException("No event is linked yet. The scheduler links new events within seconds.")
    click.echo(str(found))
