"""`transom draft`: look at a draft and change its photos, through the HTTP API."""

from typing import Any

import click

from intake.cli.contribute.client import Client, ask_receipt, to_option

number_argument = click.argument("number", type=click.IntRange(min=1))
"""Argument with the number of a photo, from 1."""


@click.group()
def draft() -> None:
    """Look at a draft, change its photos, delete it. `transom submit` begins and sends drafts.

    Each command asks for the receipt, or reads it from standard input, to keep it out of process lists.

    Example: transom draft show --to https://send.example.org
    """


@draft.command()
@to_option
def show(url: str) -> None:
    """Show the words and photos of a draft, and what must be changed before it can be sent.

    Example: transom draft show
    """
    code = ask_receipt()
    with Client(url) as client:
        _print(client.post("drafts/status", {"receipt": code}))


@draft.command()
@to_option
@number_argument
@click.option("--caption", help="What it shows.")
@click.option("--credit", help="Who made it.")
@click.option("--place", type=click.IntRange(min=1), help="New number of the photo.")
def photo(url: str, number: int, caption: str | None, credit: str | None, place: int | None) -> None:
    """Change the words and the place of a photo.

    Example: transom draft photo 2 --caption "The bridge in May" --place 1
    """
    code = ask_receipt()
    with Client(url) as client:
        found = client.post("drafts/status", {"receipt": code})
        changed = {"id": _photo(found, number)["id"]}
        changed |= {"caption": caption} if caption is not None else {}
        changed |= {"credit": credit} if credit is not None else {}
        photos = [{"id": one["id"]} for one in found["photos"] if one["position"] != number]
        photos.insert((place or number) - 1, changed)
        sent = {"receipt": code, "version": found["version"], "photos": photos}
        _print(client.post("drafts/changes", sent))


@draft.command()
@to_option
@number_argument
def remove(url: str, number: int) -> None:
    """Remove a photo.

    Example: transom draft remove 2
    """
    code = ask_receipt()
    with Client(url) as client:
        found = _photo(client.post("drafts/status", {"receipt": code}), number)
        _print(client.post("drafts/photos/removals", {"receipt": code, "photo": found["id"]}))


@draft.command()
@to_option
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
def delete(url: str, yes: bool) -> None:
    """Delete a draft with everything in it.

    Example: transom draft delete --yes
    """
    code = ask_receipt()
    if not yes:
        click.confirm("Delete the draft and all its photos?", abort=True, err=True)
    with Client(url) as client:
        client.post("drafts/deletions", {"receipt": code})
    click.echo("The draft is deleted.")


def _photo(found: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the photo with this number. Raises ClickException."""
    for one in found["photos"]:
        if one["position"] == number:
            wanted: dict[str, Any] = one
            return wanted
    raise click.ClickException(f"The draft has no photo {number}. It has {len(found['photos'])}.")


def _print(found: dict[str, Any]) -> None:
    for name in ("title", "section", "language", "print_name", "contact", "embargo_until", "document"):
        if found[name]:
            click.echo(f"{name.replace('_', ' ').capitalize()}: {found[name]}")
    click.echo(f"Text: {len(found['body'])} characters")
    for one in found["photos"]:
        words = [one["status"], *filter(None, (one["caption"], one["credit"], *one["about"]))]
        click.echo(f"Photo {one['position']}: {'. '.join(word.rstrip('.') for word in words)}.")
    for said in found["problems"].values():
        click.echo(f"Before it can be sent: {' '.join(said)}")
    click.echo(f"It is deleted on {found['deleted_on'][:10]} if nothing changes.")
