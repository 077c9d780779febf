"""`transom submit`: send a submission through the HTTP API. The draft on the server survives a broken connection."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from intake.cli.contribute.client import FILE, Client, UnknownReceipt, ask_receipt, text_of, to_option
from intake.cli.contribute.progress import UploadProgress
from intake.cli.contribute.upload import FileNotTaken, FileUpload, digest
from intake.languages import FORMATS

KEPT = "Nothing was sent. The draft is kept for some days. Go on with: transom submit --resume"
ASK = "?"


@click.command()
@to_option
@click.option(
    "--resume", "receipt", is_flag=False, flag_value=ASK, metavar="[RECEIPT]",
    help="Go on with a draft. Give the same files again: what has arrived is not sent twice. Without RECEIPT, the"
    " command asks for it, to keep it out of process lists and shell history.",
)  # fmt: skip
@click.option("--draft", "is_kept", is_flag=True, help="Do not send. Keep it as a draft.")
@click.option("--title")
@click.option("--body-file", type=FILE, help="The text, in UTF-8.")
@click.option(
    "--document",
    type=FILE,
    help="The text as a .docx, .odt, .rtf, .txt or .md file. It follows the text of --body-file, if both are given.",
)
@click.option(
    "--format", "text_format", type=click.Choice(FORMATS), help="How the text is written. Default: plain."
)
@click.option("--language", help="BCP 47 tag of the text's language. Default: told from the text.")
@click.option("--section", help="Section. Default: the first one.")
@click.option("--print-name", help="Name to print.")
@click.option("--contact", help="How editors can reach you. The shell may keep it in its history.")
@click.option("--embargo-until", help="Do not publish before this time, such as 2027-03-01T18:30:00Z.")
@click.option(
    "--photo", "photos", type=FILE, multiple=True, help="Photo to send. May be given more than once."
)
def submit(
    url: str, receipt: str | None, is_kept: bool, body_file: Path | None, document: Path | None, text_format: str | None,
    photos: tuple[Path, ...], **words: str | None,
) -> None:  # fmt: skip
    """Send a text with photos. Sending is consent to edit and publish.

    The receipt is printed first, before anything else is sent. File names are not sent, except the ending of a
    document's name.

    Example: transom submit --title "What I saw" --body-file story.txt --photo one.jpg --photo two.heic

    After a lost connection: transom submit --resume --photo one.jpg --photo two.heic
    """
    typed: dict[str, Any] = {name: value for name, value in words.items() if value is not None}
    typed |= {"format": text_format} if text_format else {}
    typed |= {"body": text_of(body_file)} if body_file else {}
    if receipt is None and not typed.get("title"):
        raise click.UsageError("Missing option '--title'.")
    with Client(url) as client:
        code = _begin(client) if receipt is None else ask_receipt() if receipt == ASK else receipt
        if receipt is not None and _is_sent(client, code):
            click.echo("It was sent before.", err=True)
            return
        try:
            _fill(client, code, typed, document, photos)
            if not is_kept:
                _send(client, code)
        except UnknownReceipt:
            raise
        except click.ClickException as error:
            raise click.ClickException(f"{error.message} {KEPT}") from None
        except KeyboardInterrupt:
            raise click.ClickException(KEPT) from None
    click.echo("The draft is saved." if is_kept else "Your submission has arrived.", err=True)


def _begin(client: Client) -> str:
    from intake.receipts import new_token

    answer = client.post("drafts", headers={"Idempotency-Key": new_token()})
    code: str = answer["receipt"]
    click.echo(code)
    return code


def _is_sent(client: Client, receipt: str) -> bool:
    """Return whether the draft was sent. Raises ClickException if nothing has this receipt."""
    status = client.form("receipts/status", {"receipt": receipt})
    return bool(status["status"] != "draft")


def _fill(
    client: Client, receipt: str, typed: dict[str, Any], document: Path | None, photos: tuple[Path, ...]
) -> None:
    """Save the text and details, then send the files one after the other. Names the photos that the server refuses."""
    draft = client.post("drafts/status", {"receipt": receipt})
    if typed:
        draft = client.post("drafts/changes", {"receipt": receipt, "version": draft["version"], **typed})
    most = draft["room"] + len(draft["photos"])
    if len(photos) > most:
        raise click.ClickException(f"Up to {most} photos can be sent. These are {len(photos)}.")
    if document:
        try:
            FileUpload(client, receipt, document, digest(document)).send(
                UploadProgress("Document"), is_document=True
            )
        except FileNotTaken as refused:
            raise click.ClickException(f"The document was refused. {refused}") from None
    seen: Counter[str] = Counter()
    for number, path in enumerate(photos, start=1):
        known = digest(path)
        seen[known] += 1
        try:
            FileUpload(client, receipt, path, f"{known} {seen[known]}").send(
                UploadProgress(f"Photo {number} of {len(photos)}")
            )
        except FileNotTaken as refused:
            click.echo(f"Photo {number} was refused. {refused}", err=True)


def _send(client: Client, receipt: str) -> None:
    version = client.post("drafts/status", {"receipt": receipt})["version"]
    client.post("drafts/submissions", {"receipt": receipt, "version": version, "consent": True})
