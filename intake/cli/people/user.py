"""`transom user`: accounts from the command line."""

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from intake.cli.database import database_needed
from intake.cli.people.user_rename import rename
from intake.cli.people.user_reset import confirm, reset_factor, reset_password, yes_option

if TYPE_CHECKING:
    from intake.models import Editor

# Copy of the roles in intake/models/account.py, because importing that module also imports SQLAlchemy. That
# would take 0.4 of the 0.55 s of `transom --help`.
ROLES = ("editor", "chief", "admin")

role_option = click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="May be given more than once.",
)
"""Option `--role`, at least once."""


@click.group()
def user() -> None:
    """Accounts of the desk.

    Example: transom user add --email asel@example.org --name Asel --role editor
    """


@user.command()
@click.option("--email", required=True, help="Address for the login.")
@click.option("--name", required=True, help="Name that the others see.")
@role_option
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, name: str, roles: tuple[str, ...], *, password_stdin: bool) -> None:
    """Add an account. Without --password-stdin, a one-time link is printed with which the person sets a password.

    Example: printf '%s' "$PASSWORD" | transom user add --email asel@example.org --name Asel --role chief --password-stdin
    """
    from intake.accounts import administration, invitations
    from intake.accounts.passwords import WeakPassword
    from intake.cli.people.password import hashed
    from intake.db import transaction

    try:
        typed = sys.stdin.read().rstrip("\r\n") if password_stdin else None
        password_hash = hashed(typed, name, email) if typed is not None else None
        with database_needed(), transaction() as session:
            editor = administration.add(
                session,
                email=_address(email),
                name=name,
                roles=list(roles),
                actor=None,
                password_hash=password_hash,
            )
            token = invitations.invitation_token(editor)
    except WeakPassword as error:
        raise click.ClickException(f"This password is refused. {error}") from None
    except invitations.AddressTaken:
        raise click.ClickException(f"There is already an account with the address {email}.") from None
    click.echo(f"Added {name}, {_names(roles)}.")
    if not password_stdin:
        _print_link(token)


@user.command("list")
def list_accounts() -> None:
    """List all accounts: address, name, roles, whether invited or switched off, and by which provider they log in.

    Example: transom user list
    """
    from intake.accounts import people
    from intake.accounts.openid import links
    from intake.db import transaction
    from intake.settings import settings

    with database_needed(), transaction() as session:
        found, linked = people.people(session), links.issuers(session)
    for person in found:
        state = "" if person.active else "switched off"
        if person.active and person.invited:
            state = "invited"
        by = links.way_in(linked.get(person.id), settings())
        click.echo("\t".join(filter(None, (person.email, person.name, _names(person.roles), state, by))))


@user.command()
@click.argument("email")
@role_option
def roles(email: str, roles: tuple[str, ...]) -> None:
    """Give an account exactly these roles.

    Example: transom user roles asel@example.org --role editor --role chief
    """
    from intake.accounts import administration

    with _account(email) as (session, editor):
        administration.change_roles(session, editor.id, roles, None)
    click.echo(f"{editor.name} has these roles now: {_names(roles)}.")


@user.command()
@click.argument("email")
@click.option("--section", "sections", multiple=True, help="May be given more than once. None: all sections.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="Language code such as fa. May be given more than once. None: all.",
)
@click.option(
    "--contact/--no-contact", "contact", help="Name the editor for reading contact details, or do not."
)
def limits(email: str, sections: tuple[str, ...], languages: tuple[str, ...], *, contact: bool) -> None:
    """Give an editor exactly these limits. Without options, the editor sees all submissions and no contact details.

    Example: transom user limits asel@example.org --section News --language fa --contact
    """
    from intake.accounts import administration
    from intake.languages import NAMES
    from intake.settings import settings

    with database_needed():
        known = {"section": settings().desk_sections, "language": list(NAMES)}
    for kind, given in (("section", sections), ("language", languages)):
        for one in set(given).difference(known[kind]):
            raise click.ClickException(f"There is no {kind} {one}. There are: {', '.join(known[kind])}.")
    with _account(email) as (session, editor):
        administration.change_limits(
            session, editor.id, None, sections=sections, languages=languages, reads_contact=contact
        )
    where = f"Sections: {', '.join(sections) or 'all'}. Languages: {', '.join(languages) or 'all'}."
    click.echo(f"{editor.name}: {where} Contact details: {'yes' if contact else 'no'}.")


@user.command("switch-off")
@click.argument("email")
@yes_option
def switch_off(email: str, *, yes: bool) -> None:
    """Switch an account off. Its sessions and API tokens end within two seconds, and the person cannot log in.

    Example: transom user switch-off asel@example.org
    """
    from intake.accounts import administration
    from intake.accounts.handover import assigned_count, freed

    confirm(yes, f"Switch off the account {email}? The person is logged out, and all API tokens end.")
    with _account(email) as (session, editor):
        assigned = assigned_count(session, editor.id)
        administration.switch_off(session, editor.id, None)
    click.echo(f"The account of {editor.name} is switched off.{freed(assigned)}")


@user.command("switch-on")
@click.argument("email")
def switch_on(email: str) -> None:
    """Switch an account on again. Sessions and API tokens that have ended stay ended.

    Example: transom user switch-on asel@example.org
    """
    from intake.accounts import administration

    with _account(email) as (session, editor):
        administration.switch_on(session, editor.id, None)
    click.echo(f"The account of {editor.name} is switched on.")


@user.command("sessions")
@click.argument("email")
def list_sessions(email: str) -> None:
    """List the open sessions of an account: id, day of the login, and last use to the hour, in UTC.

    Example: transom user sessions asel@example.org
    """
    from intake.accounts import sessions
    from intake.settings import settings

    with _account(email) as (session, editor):
        found = sessions.sessions(session, editor.id, sessions.SessionLimits.of(settings()))
    for one in found:
        click.echo(f"{one.id}\tlogged in {one.created_at:%Y-%m-%d}\tlast used {one.used_at:%Y-%m-%d %H}:00")
    if not found:
        click.echo("No open session.")


@user.command("end-sessions")
@click.argument("email")
@click.option("--session", "session_id", type=click.UUID, help="End only this one. By default, all end.")
def end_sessions(email: str, session_id: uuid.UUID | None) -> None:
    """End the sessions of an account. The person can log in again.

    Example: transom user end-sessions asel@example.org
    """
    from intake.accounts import administration

    with _account(email) as (session, editor):
        administration.end_sessions(session, editor.id, None, session_id)
    click.echo(f"{'The session' if session_id else 'All sessions'} of {editor.name} ended.")


@user.command()
@click.argument("email")
@yes_option
def delete(email: str, *, yes: bool) -> None:
    """Delete an account: name, address, password and API tokens. Notes and decisions stay, without the name.

    Example: transom user delete asel@example.org
    """
    from intake.accounts import administration

    confirm(yes, f"Delete the account {email}? This cannot be undone.")
    with _account(email) as (session, editor):
        administration.delete_account(session, editor.id, None)
    click.echo(f"The account is deleted. Its notes and decisions show “{editor.name}”.")


@user.command()
@click.argument("email")
def unlink(email: str) -> None:
    """Remove the link of an account to the OpenID provider. The person then logs in with the password.

    Example: transom user unlink asel@example.org
    """
    from intake.accounts.openid import links

    with _account(email) as (session, editor):
        if links.link_of(session, editor.id) is None:
            raise click.ClickException(f"{editor.name} has no link to an OpenID provider.")
        try:
            links.unlink(session, editor, None)
        except links.OnlyWayIn as refusal:
            advice = (
                f"`transom user reset-password {email}` removes the link and prints a link to set a password."
            )
            raise click.ClickException(f"{refusal.problem} {advice}") from None
    click.echo(f"The link of {editor.name} is removed, and all sessions have ended.")


@contextmanager
def _account(email: str) -> Iterator[tuple[Any, "Editor"]]:
    """Yield a database session and the account with this address. Turns refusals into errors of the command."""
    from intake.accounts import administration, people
    from intake.db import transaction
    from intake.errors import NotFound

    try:
        with database_needed(), transaction() as session:
            editor = people.by_address(session, email)
            if editor is None:
                raise click.ClickException(f"There is no account with the address {email}.")
            yield session, editor
    except (administration.LastAdmin, administration.OwnAccount) as refusal:
        raise click.ClickException(f"{refusal.problem} {refusal.advice}") from None
    except NotFound:
        raise click.ClickException("There is no such open session.") from None


def _print_link(token: str) -> None:
    from intake.settings import settings

    click.echo(
        f"Give them this link. It is valid for three days and one use:\n{settings().desk_base_url}/welcome/{token}"
    )


def _names(roles: Any) -> str:
    from intake.models import account

    return ", ".join(account.ROLES[role].lower() for role in roles) or "no role"


def _address(typed: str) -> str:
    """Normalize an e-mail address in the same way as the login. Raises ClickException if it is invalid."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.ClickException(f"{typed} is not an e-mail address: {error}") from None


user.add_command(rename)
user.add_command(reset_password)
user.add_command(reset_factor)
