"""Mark of a backup that is being made: a file that its process keeps locked. An unlocked mark was left by a killed process."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake.backup import header
from intake.backup.folder import Folder
from intake.fsync import open_private

NAME = "unfinished"


@contextmanager
def marked(folder: Folder, installation: str) -> Iterator[None]:
    """Keep a mark in a folder while the block writes a backup to it. The mark is deleted at the end of the block."""
    path = folder.root / NAME
    with open(path, "w", encoding="utf-8", opener=open_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(_text(installation))
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def leave(root: Path, installation: str) -> None:
    """Mark the folder of a backup that is going to be deleted."""
    (root / NAME).write_text(_text(installation), "utf-8")


def _text(installation: str) -> str:
    return json.dumps({"application": header.APPLICATION, "installation": installation})


def remove_interrupted(place: Path, installation: str) -> list[Path]:
    """Delete the folders in `place` in which a backup of this installation was interrupted. Returns them.

    They may contain originals of photos that have been deleted since. A backup that is still being made is not touched.
    """
    removed = []
    for path in sorted(place.glob(f"*/{NAME}")):
        with suppress(OSError, UnicodeDecodeError), path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if file.read() != _text(installation):
                continue
            # The process was killed after the last file was written: the backup is complete.
            if (path.parent / header.NAME).exists():
                path.unlink()
                continue
            shutil.rmtree(path.parent)
            removed.append(path.parent)
    return removed
