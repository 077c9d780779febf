"""`transom user reset-password` and `reset-factor`: at once, by whoever has the server."""

import click

from intake.cli.database import database_needed

email_option = click.option("--email", required=True, help="Address of the account.")


@click.command("reset-password")
@email_option
def reset_password(email: str) -> None:
    """Remove a password at once and print a link for a new one. The person, the chief editors and the admins are told.

    Example: transom user reset-password --email asel@example.org
    """
    from intake.accounts import resets
    from intake.accounts.people import by_address
    from intake.db import transaction
    from intake.settings import settings

    with database_needed(), transaction() as session:
        editor = by_address(session, email)
        if editor is None:
            raise _unknown(email)
        token = resets.reset_password_at_once(session, editor)
        name = editor.name
    click.echo(f"The password of {name} is removed, and all sessions and tokens of the account have ended.")
    click.echo(
        f"Give them this link. It is valid for three days and one use:\n{settings().desk_base_url}/welcome/{token}"
    )


@click.command("reset-factor")
@email_option
def reset_factor(email: str) -> None:
    """Remove the second factors of an account at once. The person, the chief editors and the admins are told.

    Example: transom user reset-factor --email asel@example.org
    """
    from intake.accounts import resets
    from intake.accounts.people import by_address
    from intake.db import transaction

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
