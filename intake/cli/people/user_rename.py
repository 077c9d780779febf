"""`transom user rename`: another name for an account."""

import click

from intake.cli.database import database_needed


@click.command()
@click.argument("email")
@click.argument("name")
def rename(email: str, name: str) -> None:
    """Give an account another name. All pages show it, also for what the person did earlier.

    Example: transom user rename asel@example.org "Asel Nurbekova"
    """
    from intake.accounts import names
    from intake.accounts.people import by_address
    from intake.db import transaction
    from intake.text import clean_line

    if not clean_line(name):
        raise click.ClickException("The name is empty.")
    try:
        with database_needed(), transaction() as session:
            editor = by_address(session, email)
            if editor is None:
                raise click.ClickException(f"There is no account with the address {email}.")
            before = editor.name
            editor = names.change(session, editor.id, clean_line(name), None)
    except names.PersonNameTaken:
        raise click.ClickException(f"Another account has the name {name} already.") from None
    click.echo(f"{before} is called {editor.name} now.")
