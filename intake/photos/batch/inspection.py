"""Inspection of one file for the command line."""

from pathlib import Path
from typing import Any, NamedTuple

from intake.photos import child, identify
from intake.photos.batch import files
from intake.photos.inspect import Trace
from intake.photos.limits import MAX_BYTES
from intake.photos.metadata_report import KINDS
from intake.photos.notes import Notes, checked
from intake.photos.refusal import PhotoRefused
from intake.photos.verify import FORMATS, Violation, verify


class Inspection(NamedTuple):
    """Metadata of a file, notes on it, and whatever else the picture does not need.

    `violations` is None if the file has a format that Transom never writes, because `verify` cannot read it.
    """

    traces: list[Trace]
    notes: Notes
    violations: list[Violation] | None


def inspect_file(file: Path) -> Inspection:
    """Inspect a file in the sandbox. Raises PhotoRefused or FileTrouble."""
    data = files.read(file)
    if not data:
        raise PhotoRefused("empty")
    if len(data) > MAX_BYTES:
        raise PhotoRefused("too_large")
    header, values = child.run(child.traces, data)
    violations = verify(data) if identify.sniff(data) in FORMATS else None
    try:
        return Inspection(_traces(header["traces"], values), checked(header["notes"]), violations)
    except (TypeError, ValueError, KeyError):
        raise PhotoRefused("damaged", "the child's answer") from None


def _traces(told: Any, values: list[bytes]) -> list[Trace]:
    """Build the traces from the child's answer. Raises TypeError, ValueError or KeyError."""
    found = [
        Trace(str(kind), str(name), value, int(amount))
        for (kind, name, amount), value in zip(told, values, strict=True)
    ]
    unknown = {trace.kind for trace in found} - KINDS.keys()
    if unknown:
        raise KeyError(*unknown)
    return found
