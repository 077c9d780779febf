"""`transom receipt`: what a contributor does with a receipt, through the HTTP API."""

from copy import copy
from typing import Any

import click

from intake.cli.contribute.answer import answer
from intake.cli.contribute.client import Client, ask_receipt, to_option


@click.group()
def receipt() -> None:
    """Follow a submission by its receipt, write to the editors, withdraw it.

    Each command asks for the receipt, or reads it from standard input, to keep it out of process lists.

    Example: transom receipt show --to https://send.example.org
    """


answer_again = copy(answer)
answer_again.help = (answer.help or "").replace("transom answer", "transom receipt answer")
receipt.add_command(answer_again)


@receipt.command()
@to_option
@click.option("--text", "with_text", is_flag=True, help="Show the text too, if an editor asks for changes.")
def show(url: str, with_text: bool) -> None:
    """Show the status, the photos and the conversation.

    Example: transom receipt show
    """
    fields = {"receipt": ask_receipt()} | ({"with_text": "yes"} if with_text else {})
    with Client(url) as client:
        status = client.form("receipts/status", fields)
    if status["status"] == "draft":
        click.echo("A draft, not sent yet. See: transom draft show")
        return
    for line in _lines(status):
        click.echo(line)


KEPT = {
    "deletes_on": "All of it is deleted on {day} at the latest.",
    "contact_deleted_on": "Your contact details and your messages are deleted on {day} at the latest.",
    "held_until": "It is kept for legal reasons until {day}.",
}
"""Field of the API's status response that holds a day → sentence about this day."""


def _lines(status: dict[str, Any]) -> list[str]:
    days = status["usual_days"]
    usual = [f"Half of such submissions are decided within {days} days."] if days is not None else []
    kept = [sentence.format(day=status[name]) for name, sentence in KEPT.items() if status[name]]
    photos = [f"Photo {photo['position']}: {_about(photo)}" for photo in status["photos"]]
    messages = [
        f"{message['at'][:10]} {'You' if message['from'] == 'you' else 'The editors'}: {message['body']}"
        for message in status["messages"]
    ]
    text = status.get("text")
    told = ["", text["title"], "", text["body"]] if text else []
    steps = [
        f"  {(step['at'] or '')[:10]:<10} {step['word']}{'  (now)' if step['current'] else ''}"
        for step in status["steps"]
    ]
    may = ["The editors ask for changes. See: transom receipt answer --help"] if status["may_answer"] else []
    return [
        f"Status: {status['status']}", *steps, *usual, *kept, *status["about_text"], *photos, *messages, *may, *told,
    ]  # fmt: skip


def _about(photo: dict[str, Any]) -> str:
    told = (photo["sentence"], photo["removed"], photo["noted"])
    return " ".join([f"{photo['status']}.", *filter(None, told)])


@receipt.command()
@to_option
@click.option("--message", required=True, help="Message to the editors.")
def write(url: str, message: str) -> None:
    """Write to the editors.

    Example: transom receipt write --message "Please print no name."
    """
    from intake.receipts import new_token

    fields = {"receipt": ask_receipt(), "letter": message}
    with Client(url) as client:
        client.form("receipts/messages", fields, headers={"Idempotency-Key": new_token()})
    click.echo("Your message has arrived.")


@receipt.command()
@to_option
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
def withdraw(url: str, yes: bool) -> None:
    """Withdraw a submission. Its text and photos are deleted.

    Example: transom receipt withdraw --yes
    """
    code = ask_receipt()
    if not yes:
        click.confirm("Delete the text and all photos?", abort=True, err=True)
    with Client(url) as client:
        answer = client.form("receipts/withdrawals", {"receipt": code})
    held = answer["held_until"]
    click.echo(
        f"It is withdrawn. For legal reasons, it is kept until {held}, and deleted after that."
        if held
        else "It is withdrawn. Its text and photos are deleted."
    )
