"""`transom submit`: send a submission through the HTTP API."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from intake.languages import FORMATS

CREATED = 201
MINUTES_OF_UPLOAD = 10


@click.command()
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Address of Transom.")
@click.option("--title", required=True)
@click.option(
    "--body-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The text, in UTF-8.",
)
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The text as a .docx, .odt, .rtf, .txt or .md file. It follows the text of --body-file, if both are given.",
)
@click.option("--format", "text_format", type=click.Choice(FORMATS), default="plain", show_default=True)
@click.option(
    "--language", default="", help="BCP 47 tag of the text's language. Default: told from the text."
)
@click.option(
    "--photo",
    "photos",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Photo to send. May be given more than once.",
)
def submit(
    url: str,
    title: str,
    body_file: Path | None,
    document: Path | None,
    text_format: str,
    language: str,
    photos: tuple[Path, ...],
) -> None:
    """Send a text with photos, and print the receipt. Sending is consent to edit and publish.

    File names are not sent, except the ending of a document's name.

    Example: transom submit --title "What I saw" --body-file story.txt --photo one.jpg --photo two.heic
    """
    fields = {
        "title": title,
        "body": text_of(body_file) if body_file else "",
        "format": text_format,
        "language": language,
        "consent": "yes",
    }
    _print(*post(url.rstrip("/"), "submissions", fields, photos, document))


def text_of(path: Path) -> str:
    """Text of a file. Raises ClickException if it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not in UTF-8. Save it as UTF-8, then send it again.") from None


def post(
    url: str, path: str, fields: dict[str, Any], photos: tuple[Path, ...], document: Path | None = None
) -> tuple[int, dict[str, Any]]:
    """Send a form to the HTTP API. Returns the status code and the JSON of the response.

    Raises ClickException if the server cannot be reached or its response is no JSON.
    """
    import httpx

    from intake.receipts import new_token

    with ExitStack() as stack:
        files = {
            f"photo-{i}": ("photo", stack.enter_context(path.open("rb")), "application/octet-stream")
            for i, path in enumerate(photos, start=1)
        }
        if document:
            files["document"] = (
                f"document{document.suffix}",
                stack.enter_context(document.open("rb")),
                "application/octet-stream",
            )
        try:
            answer = httpx.post(
                f"{url}/api/v1/{path}", data=fields, files=files or None,
                headers={"Idempotency-Key": new_token()},
                timeout=httpx.Timeout(30, read=60 * MINUTES_OF_UPLOAD, write=60 * MINUTES_OF_UPLOAD),
            )  # fmt: skip
            return answer.status_code, answer.json()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise click.ClickException(
                f"{url} could not be reached ({type(error).__name__}). Is the address right?"
            ) from None
        except ValueError:
            raise click.ClickException(
                f"{url} answered {answer.status_code}, but not as Transom does. Is the address right?"
            ) from None


def _print(code: int, answer: dict[str, Any]) -> None:
    check(code, answer)
    click.echo(answer["receipt"])
    print_refused_photos(answer)


def check(code: int, answer: dict[str, Any]) -> None:
    """Raise ClickException with the error in the response, unless the status code is 201 (Created)."""
    if code != CREATED:
        raise click.ClickException(f"{answer.get('title')}: {answer.get('errors') or answer.get('detail')}")


def print_refused_photos(answer: dict[str, Any]) -> None:
    """Print the number of each refused photo, with the reason and the remedy."""
    from intake.photos.refusal import why_and_what_to_do

    for photo in answer["photos"]:
        if photo["reason"]:
            # A newer server may know more reasons.
            sentence = why_and_what_to_do(photo["reason"]) or photo["reason"]
            click.echo(f"Photo {photo['position']} was refused. {sentence}", err=True)
