"""`transom settings`: the settings that admins choose, which are in the database."""

import sys

import click

from intake.cli.database import database_needed

CANNOT_SET = ("logo",)
"""Choices that an admin can change only on a web page."""


@click.group()
def settings() -> None:
    """Settings that admins choose on the page /admin/settings. Environment variables take precedence over them.

    Example: transom settings show
    """


@settings.command()
def show() -> None:
    """List each setting with the value in effect, and where it comes from.

    Example: transom settings show
    """
    from intake.db import transaction
    from intake.magazine import choices as values
    from intake.magazine import sealed_address, setting_versions
    from intake.settings import Settings, set_by

    machine = Settings.from_env()
    with database_needed(), transaction() as session:
        chosen = setting_versions.current(session).choices
    for name in values.LABELS:
        text, where = values.value(chosen, name), "chosen" if name in chosen else "default"
        if variable := set_by(name):
            text, where = str(getattr(machine, name)), f"set by {variable}"
            # An address with a password is never printed.
            text = sealed_address.sealed(text) if name == "smtp_url" else text
        click.echo(f"{_spelled(name)}\t{values.said(name, text)}\t{where}")


@settings.command("set")
@click.argument("name")
@click.argument("value", required=False)
@click.option(
    "--stdin",
    "from_stdin",
    is_flag=True,
    help="Read the value from standard input, such as one with a password.",
)
@click.option(
    "--dry-run", is_flag=True, help="Check the value and print what would change, but save nothing."
)
def change(name: str, value: str | None, *, from_stdin: bool, dry_run: bool) -> None:
    """Save a setting as a new version. An empty value restores the default. `transom settings show` lists the names.

    Example: transom settings set undo-seconds 60 --dry-run
    """
    from intake.db import transaction
    from intake.magazine import choices as values
    from intake.magazine import setting_versions
    from intake.magazine.choices import InvalidChoices
    from intake.settings import set_by

    field = name.replace("-", "_")
    if field not in values.LABELS or field in CANNOT_SET:
        known = ", ".join(_spelled(one) for one in values.LABELS if one not in CANNOT_SET)
        raise click.ClickException(f"There is no setting {name} to set here. There are: {known}.")
    if (value is None) != from_stdin:
        raise click.UsageError("Give the value, or --stdin.")
    if variable := set_by(field):
        raise click.ClickException(f"{variable} sets this on the machine. Unset it first.")
    text = sys.stdin.read().strip() if value is None else value.strip()
    try:
        with database_needed(), transaction() as session:
            saved = setting_versions.save(
                session, None, {field: text or values.default(field)}, None, "command"
            )
            if dry_run:
                session.rollback()
    except InvalidChoices as error:
        raise click.ClickException(str(error)) from None
    if saved is None:
        click.echo("Nothing has changed.")
        return
    for one in saved.changes:
        click.echo(f"{one.label}: {one.before} → {one.after}")
    click.echo(
        "Nothing was saved."
        if dry_run
        else f"Version {saved.number} is saved. Processes read it within seconds."
    )


@settings.command()
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Maximum number of versions."
)
def history(limit: int) -> None:
    """List the versions, newest first: who saved it, when, and what changed.

    Example: transom settings history --limit 5
    """
    from intake.db import transaction
    from intake.magazine import setting_versions

    with database_needed(), transaction() as session:
        found = setting_versions.versions(session, limit)
    for one in found:
        who = one.author or "the command line"
        how = f", restored version {one.restored}" if one.restored else ""
        click.echo(f"Version {one.number}, {one.at:%Y-%m-%d %H:%M} UTC, {who}{how}")
        for change_ in one.changes:
            click.echo(f"  {change_.label}: {change_.before} → {change_.after}")
    if not found:
        click.echo("No setting was changed.")


def _spelled(name: str) -> str:
    return name.replace("_", "-")
