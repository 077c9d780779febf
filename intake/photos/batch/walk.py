"""Files that a person named, and those in the folders that a person named."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from intake.photos.batch.files import FileTrouble, file_errors


class Found(NamedTuple):
    """A file to read. If `reason` is set, a file or folder to leave out: a key of `reports.REASONS`."""

    path: Path
    reason: str = ""
    sentence: str = ""
    """Error message for a folder that cannot be read."""


def find(given: Iterable[Path]) -> list[Found]:
    """List the given files, and the files in the given folders and their sub-folders, sorted by name.

    Hidden entries and links to folders are listed as left out, unless they were given. A path that was given
    twice is listed once.
    """
    # List everything before the first copy is written: the folder for the copies may be among the given ones.
    return list({found.path.absolute(): found for path in given for found in _walk(path)}.values())


def _walk(given: Path) -> Iterator[Found]:
    if not _is_folder(given):
        yield Found(given)
        return
    # A stack, because folders can be nested more deeply than Python allows calls to be.
    waiting = [Found(given)]
    while waiting:
        entry = waiting.pop()
        if entry.reason or not _is_folder(entry.path):
            yield entry
            continue
        try:
            waiting += reversed(_entries(entry.path))
        except FileTrouble as trouble:
            yield Found(entry.path, "unreadable", str(trouble))


def _entries(folder: Path) -> list[Found]:
    with file_errors(folder, "Check that you may read this folder."), os.scandir(folder) as entries:
        return sorted(Found(folder / entry.name, _reason(entry)) for entry in entries)


def _reason(entry: "os.DirEntry[str]") -> str:
    if entry.name.startswith("."):
        return "hidden"
    # A link to a folder may lead back into the folder that it is in.
    return "linked_folder" if entry.is_symlink() and _is_folder(entry.path) else ""


def _is_folder(path: str | Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - before Python 3.14, Path.is_dir raises for a forbidden folder
