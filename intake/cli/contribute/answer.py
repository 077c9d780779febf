"""`transom answer`: answer a request for changes through the HTTP API."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from intake.cli.contribute.client import FILE, Client, ask_receipt, text_of, to_option
from intake.languages import FORMATS


@click.command()
@to_option
@click.option("--message", default="", help="Message to the editors.")
@click.option("--title", default="", help="New title.")
@click.option("--body-file", type=FILE, help="The changed text, in UTF-8.")
@click.option("--format", "text_format", type=click.Choice(FORMATS), default="plain", show_default=True)
@click.option(
    "--photo", "photos", type=FILE, multiple=True, help="Photo to add. May be given more than once."
)
@click.option(
    "--leave-out",
    type=int,
    multiple=True,
    help="Number of a photo to delete. May be given more than once.",
)
def answer(
    url: str, message: str, title: str, body_file: Path | None, text_format: str, photos: tuple[Path, ...],
    leave_out: tuple[int, ...],
) -> None:  # fmt: skip
    """Answer a request for changes.

    The command asks for the receipt, to keep it out of process lists and shell history.

    Example: transom answer --message "It was in May." --photo bridge.jpg
    """
    from intake.receipts import new_token

    fields = {
        "receipt": ask_receipt(),
        "message": message,
        "title": title,
        "body": text_of(body_file) if body_file else "",
        "format": text_format,
        "leave_out": [str(number) for number in leave_out],
    }
    with Client(url) as client, ExitStack() as stack:

        def files() -> Any:
            return {
                f"photo-{i}": ("photo", stack.enter_context(path.open("rb")), "application/octet-stream")
                for i, path in enumerate(photos, start=1)
            } or None

        response = client.form("receipts/answers", fields, files, headers={"Idempotency-Key": new_token()})
    click.echo("Your answer has arrived.")
    print_refused_photos(response)


def print_refused_photos(answer: dict[str, Any]) -> None:
    """Print the number of each refused photo, with the reason and the remedy."""
    for photo in answer["photos"]:
        if photo["reason"]:
            # A server of another version may have no sentence for a reason.
            click.echo(
                f"Photo {photo['position']} was refused. {photo['sentence'] or photo['reason']}", err=True
            )
