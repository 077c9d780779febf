"""`transom user`: accounts from the command line."""

import sys

import click

from intake.models.account import ROLES


@click.group()
def user() -> None:
    """Accounts of the desk.

    Example: transom user add --email asel@example.org --name Asel --role editor
    """


@user.command()
@click.option("--email", required=True, help="The address to log in with.")
@click.option("--name", required=True, help="The name that the others see.")
@click.option(
    "--role",
    "roles",
    type=click.Choice(list(ROLES)),
    multiple=True,
    required=True,
    help="May be given more than once.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, name: str, roles: tuple[str, ...], *, password_stdin: bool) -> None:
    """Add an account. Without --password-stdin a one-time link is printed, by which the person sets a password.

    Example: printf '%s' "$PASSWORD" | transom user add --email asel@example.org --name Asel --role chief --password-stdin
    """
    from intake.actions import accounts
    from intake.db import transaction
    from intake.settings import settings

    password_hash = _hash(sys.stdin.read().rstrip("\n")) if password_stdin else None
    try:
        with transaction() as session:
            editor = accounts.add(
                session, email=email, name=name, roles=list(roles), password_hash=password_hash
            )
            token = accounts.invitation(editor)
    except accounts.AddressTaken:
        raise click.ClickException(f"There is an account with the address {email}.") from None
    click.echo(f"Added {name}, {', '.join(ROLES[role].lower() for role in roles)}.")
    if not password_stdin:
        click.echo(
            f"Give them this link, good for three days and one use:\n{settings().base_url}/welcome/{token}"
        )


def _hash(password: str) -> str:
    """Argon2id, as the web application does it."""
    from flask_security import hash_password

    from intake.web import create_app
    from intake.web.forms import PASSWORD_CHARACTERS

    if len(password) < PASSWORD_CHARACTERS:
        raise click.ClickException(
            f"A password needs at least {PASSWORD_CHARACTERS} characters; four words are good."
        )
    with create_app().app_context():
        hashed: str = hash_password(password)
    return hashed
