"""Iterate over the files of one run: a result for each file that was read, and a report for each that was left out."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")


def each(
    given: Iterable[Path], read: Callable[[Path], Result]
) -> Iterator[tuple[Path, Result | None, dict[str, Any]]]:
    """Yield (file, result of `read`, {}) for each file that was read, and (file, None, report) for each other.

    Folders are read with their sub-folders. `read` may raise FileTrouble or PhotoRefused.
    """
    from intake.photos.batch import reports, walk
    from intake.photos.batch.files import FileTrouble
    from intake.photos.refusal import PhotoRefused

    for found in walk.find(given):
        if found.reason:
            yield found.path, None, reports.left_out(found.path, found.reason, found.sentence)
            continue
        try:
            result = read(found.path)
        except (FileTrouble, PhotoRefused) as error:
            yield found.path, None, reports.failed(found.path, error)
        else:
            yield found.path, result, {}


def is_failure(report: dict[str, Any]) -> bool:
    """Return whether a file was refused or could not be read, rather than skipped."""
    return bool(report["status"] != "skipped")
