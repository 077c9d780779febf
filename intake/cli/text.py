"""`transom text`: clean a text from standard input, as a filter."""

import json
import sys
from typing import IO, Any

import click

from intake.languages import FORMATS, Format


@click.group()
def text() -> None:
    """Clean texts on the command line.

    Example: transom text clean --format html < story.html
    """


@text.command(
    epilog="\b\nExample:\n  echo '<p onclick=x()>Hello</p>' | transom text clean --format html --json",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="plain",
    show_default=True,
    help="Format of the input.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One object: html, text, language, words, characters, minutes, removed, flags, fallback.",
)
@click.option(
    "--jsonl",
    "as_lines",
    is_flag=True,
    help='Read {"id", "payload"} a line; write {"id", "html", "removed", "flags", "fallback"} a line.',
)
def clean(kind: Format, *, as_json: bool, as_lines: bool) -> None:
    """Clean the text on standard input and write safe HTML.

    With --jsonl, an invalid line is reported and skipped. The exit code is then 1.
    """
    if as_json and as_lines:
        raise click.UsageError("--json and --jsonl exclude each other.")
    source = sys.stdin.buffer
    if as_lines:
        sys.exit(1 if _clean_lines(source, kind) else 0)
    _clean_one(source.read().decode("utf-8", "replace"), kind, as_json=as_json)


def _clean_one(raw: str, kind: Format, *, as_json: bool) -> None:
    from intake.text import sandboxed

    cleaned = sandboxed.clean(raw, format=kind)
    if as_json:
        names = (
            "html", "text", "language", "words", "characters", "minutes", "removed", "flags", "fallback"
        )  # fmt: skip
        _write({name: getattr(cleaned, name) for name in names})
    else:
        click.echo(cleaned.html)


def _clean_lines(source: IO[bytes], kind: Format) -> int:
    """Clean each line of a JSON Lines file. Returns the number of invalid lines."""
    from intake.text import sandboxed

    unread = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            cleaned = sandboxed.clean(_payload(row), format=kind)
        except ValueError as error:
            unread += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        _write(
            {"id": row["id"]}
            | {name: getattr(cleaned, name) for name in ("html", "removed", "flags", "fallback")}
        )
    return unread


def _payload(row: Any) -> str:
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("payload"), str):
        raise ValueError('not an object with "id" and a text as "payload"')
    return str(row["payload"])


def _write(value: dict[str, Any]) -> None:
    # An id may contain half of a surrogate pair, which UTF-8 cannot encode. Write it as a JSON escape.
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))
