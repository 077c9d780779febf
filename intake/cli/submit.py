"""`transom submit`: a client of the HTTP API."""

from contextlib import ExitStack
from pathlib import Path

import click


@click.command()
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where Transom is.")
@click.option("--title", required=True)
@click.option(
    "--body-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The text, in UTF-8.",
)
@click.option(
    "--format", "text_format", type=click.Choice(["plain", "html"]), default="plain", show_default=True
)
@click.option("--language", default="und", show_default=True, help="ISO 639 code of the text's language.")
@click.option(
    "--photo",
    "photos",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="May be given more than once.",
)
def submit(
    url: str, title: str, body_file: Path, text_format: str, language: str, photos: tuple[Path, ...]
) -> None:
    """Send a text with photos, and print the receipt. File names stay here. Sending is consent to edit and publish.

    Example: transom submit --title "What I saw" --body-file story.txt --photo one.jpg --photo two.heic
    """
    import httpx

    from intake.receipts import new_token

    fields = {
        "title": title,
        "body": body_file.read_text("utf-8"),
        "format": text_format,
        "language": language,
        "consent": "yes",
    }
    with ExitStack() as stack:
        files = {
            f"photo-{i}": ("photo", stack.enter_context(path.open("rb")), "application/octet-stream")
            for i, path in enumerate(photos, start=1)
        }
        try:
            answer = httpx.post(
                f"{url.rstrip('/')}/api/v1/submissions", data=fields, files=files or None,
                headers={"Idempotency-Key": new_token()}, timeout=httpx.Timeout(30, read=600, write=600),
            )  # fmt: skip
        except httpx.HTTPError as error:
            raise click.ClickException(
                f"{url} could not be reached ({type(error).__name__}). Is the address right?"
            ) from None
    _print(answer.status_code, answer.json())


def _print(code: int, answer: dict[str, object]) -> None:
    if code != 201:
        errors = answer.get("errors")
        raise click.ClickException(f"{answer.get('title')}: {errors or answer.get('detail')}")
    click.echo(answer["receipt"])
    for photo in answer["photos"] if isinstance(answer["photos"], list) else []:
        if photo["reason"]:
            click.echo(f"Photo {photo['position']} was refused: {photo['reason']}", err=True)
