"""Inspection of one file for the command line."""

from pathlib import Path
from typing import NamedTuple

from intake.photos import identify, sandboxed
from intake.photos.answers import TRACES, TracesAnswer
from intake.photos.batch import files
from intake.photos.inspect import Trace
from intake.photos.limits import MAX_BYTES
from intake.photos.notes import Notes
from intake.photos.refusal import PhotoRefused
from intake.photos.verify import FORMATS, Violation, verify
from intake.sandbox import answers


class Inspection(NamedTuple):
    """Metadata of a file, notes on it, and violations: bytes that the picture does not need.

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
    answer, values = _traced(data)
    violations = verify(data) if identify.sniff(data) in FORMATS else None
    return Inspection(_with_values(answer, values), answer.notes.notes(), violations)


def traces(data: bytes) -> list[Trace]:
    """Metadata of a file, which is parsed only in the sandbox. Raises PhotoRefused."""
    return _with_values(*_traced(data))


def _with_values(answer: TracesAnswer, values: list[bytes]) -> list[Trace]:
    return [
        Trace(trace.kind, trace.name, value, trace.amount)
        for trace, value in zip(answer.traces, values, strict=True)
    ]


def _traced(data: bytes) -> tuple[TracesAnswer, list[bytes]]:
    """Answer of the child. An invalid answer is reported as `damaged`: "not proven clean" would suggest a cleaning."""
    try:
        answer, values = sandboxed.run(TRACES, data)
    except PhotoRefused as refused:
        if refused.reason == "not_proven_clean":
            raise PhotoRefused("damaged", refused.detail) from None
        raise
    if len(values) != len(answer.traces):
        raise PhotoRefused("damaged", answers.refuse(TRACES, "another number of values").detail)
    return answer, values
