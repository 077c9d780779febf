"""`transom user reset-password` and `reset-factor`: they take effect at once, for an admin of the server."""

import click

from intake.cli.database import database_needed

yes_option = click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
"""Option `--yes` of commands that ask first."""


def confirm(yes: bool, question: str) -> None:
    """Ask a question and end the command unless the answer is yes. `--yes` answers it."""
    if not yes:
        click.confirm(question, abort=True)


@click.command("reset-password")
@click.argument("email")
@yes_option
def reset_password(email: str, *, yes: bool) -> None:
    """Remove a password at once and print a link for a new one. The person, the chief editors and the admins are told.

    Example: transom user reset-password asel@example.org
    """
    from intake.accounts import resets
    from intake.accounts.people import by_address
    from intake.db import transaction
    from intake.settings import settings

    confirm(yes, f"Reset the password of {email}? It stops working, and all sessions and API tokens end.")
    with database_needed(), transaction() as session:
        editor = by_address(session, email)
        if editor is None:
            raise _unknown(email)
        token = resets.reset_password_at_once(session, editor.id)
        name = editor.name
    click.echo(f"The password of {name} is removed, and all sessions and tokens of the account have ended.")
    click.echo(
        f"Give them this link. It is valid for three days and one use:\n{settings().desk_base_url}/welcome/{token}"
    )


@click.command("reset-factor")
@click.argument("email")
@yes_option
def reset_factor(email: str, *, yes: bool) -> None:
    """Remove the second factors of an account at once. The person, the chief editors and the admins are told.

    Example: transom user reset-factor asel@example.org
    """
    from intake.accounts import resets
    from intake.accounts.people import by_address
    from intake.db import transaction

    confirm(
        yes, f"Remove the second factors of {email}? All sessions end, and the password alone is enough then."
    )
    with database_needed(), transaction() as session:
        editor = by_address(session, email)
        if editor is None:
            raise _unknown(email)
        if editor.factor_since is None:
            raise click.ClickException(f"{editor.name} has no second factor.")
        resets.reset_factor(session, editor.id, None)
        name = editor.name
    click.echo(f"The second factors of {name} are removed, and all sessions of the account have ended.")
    click.echo("The password alone is enough for the next login. It leads to setting up a new factor.")


def _unknown(email: str) -> click.ClickException:
    return click.ClickException(f"There is no account with the address {email}.")
