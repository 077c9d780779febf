"""`transom answer`: answer a request for changes through the HTTP API."""

from pathlib import Path

import click

from intake.cli.submit import check, post, print_refused_photos, text_of
from intake.languages import FORMATS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Address of Transom.")
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
    fields = {
        "receipt": click.prompt("Receipt", hide_input=True, err=True),
        "message": message,
        "title": title,
        "body": text_of(body_file) if body_file else "",
        "format": text_format,
        "leave_out": [str(number) for number in leave_out],
    }
    code, response = post(url.rstrip("/"), "receipts/answers", fields, photos)
    check(code, response)
    click.echo("Your answer has arrived.")
    print_refused_photos(response)
