"""Cleaning and inspection of photo files for the command line."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from intake.photos import CleanPhoto, child, clean_photo
from intake.photos.inspect import Trace
from intake.photos.refusal import PhotoRefused

SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "gif": ".gif"}
_COPIES = ("full", "web", "thumb")


class FileTrouble(Exception):
    """A file cannot be read, or a folder cannot be written. The message is a sentence for the person at the
    terminal.
    """


@contextmanager
def _file_errors(path: Path, advice: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}. {advice}") from None


def read(file: Path) -> bytes:
    """Read a file. Raises FileTrouble."""
    with _file_errors(file, "Check that it exists and that you may read it."):
        return file.read_bytes()


def make_folder(output: Path) -> None:
    """Make a folder for the copies, if it does not exist. Raises FileTrouble."""
    with _file_errors(output, "Name a folder that you may write to."):
        output.mkdir(parents=True, exist_ok=True)


def clean_files(pool: Executor, files: Iterable[Path], output: Path) -> Iterator[dict[str, Any]]:
    """Clean each file into the folder `output`. Yields one report for each file, in order.

    A report has `file`, `status` (clean or refused), `reason`, `format_in`, `format_out`, `width`, `height`,
    `frames`, `removed`, `notes`, `outputs`, `dhash` and `ms`.
    Files with equal stems get numbers, so that none overwrites another. Raises FileTrouble.
    """
    stems: dict[str, int] = {}
    waiting = [pool.submit(clean_file, file, output, _unique_stem(file.stem, stems)) for file in files]
    try:
        for report in waiting:
            yield report.result()
    finally:
        # On Ctrl-C, cancel the files whose cleaning has not started.
        for report in waiting:
            report.cancel()


def _unique_stem(stem: str, stems: dict[str, int]) -> str:
    """File name stem for the copies. A number is added from the second use of a stem on."""
    stems[stem] = stems.get(stem, 0) + 1
    if stems[stem] == 1:
        return stem
    return _unique_stem(f"{stem}-{stems[stem]}", stems)


def clean_file(file: Path, output: Path, stem: str) -> dict[str, Any]:
    """Clean one file and write its copies. Returns the report."""
    started = time.monotonic()
    data = read(file)
    try:
        cleaned = clean_photo(data)
    except PhotoRefused as refusal:
        told = dict.fromkeys(("format_in", "format_out", "width", "height", "frames", "dhash"))
        outcome: dict[str, Any] = {
            "status": "refused",
            "reason": refusal.reason,
            **told,
            "removed": {},
            "notes": refusal.notes,
            "outputs": {},
        }
    else:
        outcome = {
            "status": "clean",
            "reason": None,
            **_report_fields(cleaned),
            "outputs": _write(cleaned, output, stem),
        }
    return {"file": str(file), **outcome, "ms": round((time.monotonic() - started) * 1000)}


def _report_fields(cleaned: CleanPhoto) -> dict[str, Any]:
    told = {name: value for name, value in asdict(cleaned).items() if name not in _COPIES}
    return {"format_out": told.pop("format"), **told}


def _write(cleaned: CleanPhoto, output: Path, stem: str) -> dict[str, str]:
    """Write the three copies, all or none: first under hidden names, then renamed into place."""
    names = {copy: f"{stem}.{copy}{SUFFIXES[cleaned.format]}" for copy in _COPIES}
    with (
        _file_errors(output, "The copies were not kept. Make room, or name another folder."),
        TemporaryDirectory(prefix=".transom-", dir=output) as unseen,
    ):
        for copy, name in names.items():
            Path(unseen, name).write_bytes(getattr(cleaned, copy))
        for name in names.values():
            Path(unseen, name).replace(output / name)
    return {copy: str(output / name) for copy, name in names.items()}


def inspect_file(file: Path) -> list[Trace]:
    """Metadata of a file, read in the sandbox. Raises PhotoRefused or FileTrouble."""
    data = read(file)
    if not data:
        raise PhotoRefused("empty")
    header, values = child.run(child.traces, data)
    return [
        Trace(kind, name, value, amount)
        for (kind, name, amount), value in zip(header["traces"], values, strict=True)
    ]
