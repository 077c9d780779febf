"""Text for the terminal about files: their names, reports and violations."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from intake.photos.verify import Violation


def printable(text: str | Path) -> str:
    """File name or other untrusted text in one line, without characters that could control a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in click.format_filename(str(text)))


def left_out(report: dict[str, Any]) -> str:
    """Line on a file that was skipped or refused, or could not be read or written."""
    if report["status"] in ("unreadable", "unwritten"):
        return printable(report["sentence"])
    return f"{printable(report['file'])}: {report['status']}. {report['sentence']}"


def words(violations: "list[Violation]") -> str:
    """List of violations, equal ones joined with their count: `a comment (3 times), a colour profile`."""
    counts = Counter(violation.words for violation in violations)
    return ", ".join(f"{what} ({number} times)" if number > 1 else what for what, number in counts.items())
