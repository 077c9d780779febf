"""`transom user`: accounts from the command line."""

import sys

import click

from intake.cli.database import database_needed
from intake.cli.user_reset import reset_factor, reset_password

# Copy of the roles in intake/models/account.py, because importing that module also imports SQLAlchemy. That
# would take 0.4 of the 0.55 s of `transom --help`.
ROLES = ("editor", "chief", "admin")


@click.group()
def user() -> None:
    """Accounts of the desk.

    Example: transom user add --email asel@example.org --name Asel --role editor
    """


@user.command()
@click.option("--email", required=True, help="Address for the login.")
@click.option("--name", required=True, help="Name that the others see.")
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="May be given more than once.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, name: str, roles: tuple[str, ...], *, password_stdin: bool) -> None:
    """Add an account. Without --password-stdin, a one-time link is printed with which the person sets a password.

    Example: printf '%s' "$PASSWORD" | transom user add --email asel@example.org --name Asel --role chief --password-stdin
    """
    from intake.accounts import invitations
    from intake.cli.password import TooShort, hashed
    from intake.db import transaction
    from intake.models import account
    from intake.settings import settings

    try:
        password_hash = hashed(sys.stdin.read().rstrip("\r\n")) if password_stdin else None
        with database_needed(), transaction() as session:
            editor = invitations.create_account(
                session, email=_address(email), name=name, roles=list(roles), password_hash=password_hash
            )
            token = invitations.invitation_token(editor)
    except TooShort as error:
        raise click.ClickException(str(error)) from None
    except invitations.AddressTaken:
        raise click.ClickException(f"There is already an account with the address {email}.") from None
    click.echo(f"Added {name}, {', '.join(account.ROLES[role].lower() for role in roles)}.")
    if not password_stdin:
        click.echo(
            f"Give them this link. It is valid for three days and one use:\n{settings().desk_base_url}/welcome/{token}"
        )


def _address(typed: str) -> str:
    """Normalize an e-mail address in the same way as the login. Raises ClickException if it is invalid."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.ClickException(f"{typed} is not an e-mail address: {error}") from None


user.add_command(reset_password)
user.add_command(reset_factor)
