"""Photos in files: what the command line does with each."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from intake.photos import CleanPhoto, clean_photo, sandbox, work
from intake.photos.inspect import Trace
from intake.photos.refusal import PhotoRefused

SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "gif": ".gif"}
_COPIES = ("full", "web", "thumb")


def clean_files(pool: Executor, files: Iterable[Path], output: Path) -> Iterator[dict[str, Any]]:
    """Clean each file into the folder `output`; one report a file, in their order.

    A report has `file`, `status` (clean or refused), `reason`, `format_in`, `format_out`, `width`, `height`, `frames`,
    `removed`, `outputs`, `dhash` and `ms`. Files of one stem get numbers, so that none overwrites another.
    """
    stems: dict[str, int] = {}
    waiting = [pool.submit(clean_file, file, output, _unlike(file.stem, stems)) for file in files]
    try:
        for report in waiting:
            yield report.result()
    finally:
        # Ctrl-C: what has not begun must not begin.
        for report in waiting:
            report.cancel()


def _unlike(stem: str, stems: dict[str, int]) -> str:
    """The stem, numbered from its second appearance on."""
    stems[stem] = stems.get(stem, 0) + 1
    if stems[stem] == 1:
        return stem
    return _unlike(f"{stem}-{stems[stem]}", stems)


def clean_file(file: Path, output: Path, stem: str) -> dict[str, Any]:
    """Clean one file and write its copies; its report."""
    started = time.monotonic()
    try:
        cleaned = clean_photo(file.read_bytes())
    except PhotoRefused as refusal:
        told = dict.fromkeys(("format_in", "format_out", "width", "height", "frames", "dhash"))
        outcome: dict[str, Any] = {
            "status": "refused",
            "reason": refusal.reason,
            **told,
            "removed": {},
            "outputs": {},
        }
    else:
        outcome = {
            "status": "clean",
            "reason": None,
            **_told(cleaned),
            "outputs": _write(cleaned, output, stem),
        }
    return {"file": str(file), **outcome, "ms": round((time.monotonic() - started) * 1000)}


def _told(cleaned: CleanPhoto) -> dict[str, Any]:
    told = {name: value for name, value in asdict(cleaned).items() if name not in _COPIES}
    return {"format_out": told.pop("format"), **told}


def _write(cleaned: CleanPhoto, output: Path, stem: str) -> dict[str, str]:
    written = {}
    for copy in _COPIES:
        path = output / f"{stem}.{copy}{SUFFIXES[cleaned.format]}"
        path.write_bytes(getattr(cleaned, copy))
        written[copy] = str(path)
    return written


def inspect_file(file: Path) -> list[Trace]:
    """What a file carries, read in the sandbox. Raise PhotoRefused."""
    data = file.read_bytes()
    if not data:
        raise PhotoRefused("empty")
    sandbox.prepare()
    header, values = sandbox.run(work.traces, data)
    return [
        Trace(kind, name, value, amount)
        for (kind, name, amount), value in zip(header["traces"], values, strict=True)
    ]
