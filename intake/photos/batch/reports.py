"""Reports on single files of a run, and the sentences for their reasons."""

from pathlib import Path
from typing import Any

from intake.photos import CleanPhoto, refusal
from intake.photos.batch.files import FileTrouble, NotAFile
from intake.photos.refusal import PhotoRefused

REASONS = {
    "hidden": "Hidden files and folders are left out. Name one to have it read.",
    "linked_folder": "Links to folders are left out. Name the folder itself to have it read.",
    "not_a_file": "Pipes, sockets and devices are left out. Only files are read.",
    "already_clean": "Already clean: a copy that this command has made.",
    "already_cleaned": "Already cleaned: the same copies are in the output folder.",
    "unreadable": "Check that the file or folder exists and that you may read it.",
    "unwritten": "Make room in the output folder, or name another one.",
}
"""Reason of a file that was neither cleaned nor refused → sentence with what to do."""

STATUSES = ("clean", "refused", "skipped", "unreadable", "unwritten")
_FACTS = ("format_in", "width", "height", "frames")


def report(file: Path, *, ms: int = 0) -> dict[str, Any]:
    """Report with the fields that all reports have, in order. `status` is one of STATUSES."""
    return {
        "file": str(file),
        "status": "clean",
        "reason": None,
        "sentence": "",
        **dict.fromkeys((*_FACTS, "format_out")),
        "removed": {},
        "notes": {},
        "outputs": {},
        "ms": ms,
    }


def left_out(file: Path, reason: str, sentence: str = "", *, ms: int = 0) -> dict[str, Any]:
    """Report on a file that was skipped, or could not be read or written. `reason` is a key of REASONS."""
    return report(file, ms=ms) | {
        "status": reason if reason in STATUSES else "skipped",
        "reason": reason,
        "sentence": sentence or REASONS[reason],
    }


def failed(file: Path, error: FileTrouble | PhotoRefused, *, ms: int = 0) -> dict[str, Any]:
    """Report on a file that could not be read, or that was refused."""
    if isinstance(error, NotAFile):
        return left_out(file, "not_a_file", ms=ms)
    if isinstance(error, FileTrouble):
        return left_out(file, "unreadable", str(error), ms=ms)
    return report(file, ms=ms) | {
        "status": "refused",
        "reason": error.reason,
        "sentence": refusal.why(error.reason),
        "notes": error.notes,
    }


def cleaned(file: Path, photo: CleanPhoto, *, ms: int) -> dict[str, Any]:
    """Report on a clean photo whose copies are not yet written."""
    facts = {name: getattr(photo, name) for name in _FACTS}
    return (
        report(file, ms=ms)
        | facts
        | {"format_out": photo.format, "removed": photo.removed, "notes": photo.notes}
    )


def remedy(reason: str) -> str:
    """Sentences that explain a reason to refuse or to leave out, and what to do."""
    return REASONS.get(reason) or refusal.why_and_what_to_do(reason)
