"""Folder layout of a backup."""

import os
import shutil
from pathlib import Path

from intake.backup.errors import BackupFault
from intake.fsync import sync_folder
from intake.storage import Disk


class Folder:
    """Folder of one backup.

    It has `manifest.json`, `SHA256SUMS`, `database/<table>.copy`, and the encrypted files in `files/`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = Disk(root / "files")

    @classmethod
    def fresh(cls, root: Path) -> "Folder":
        """Create a backup folder with mode 700, or use an existing empty folder.

        Raises BackupFault if the folder is not empty or cannot be written.
        """
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(root.iterdir()):
                raise BackupFault(f"{root} is not empty: name a folder that is, or a new one.")
            root.chmod(0o700)
            (root / "database").mkdir(mode=0o700)
        except FileExistsError:
            raise BackupFault(f"{root} is a file: name a folder.") from None
        except OSError as error:
            raise BackupFault(f"{root} cannot be written ({error.strerror}): name another folder.") from None
        return cls(root)

    def table(self, name: str) -> Path:
        """Path of the file with the rows of a table."""
        return self.root / "database" / f"{name}.copy"

    def write(self, name: str, text: str) -> None:
        """Write a file atomically with mode 600. After a power cut, the file is complete or absent."""
        path = self.root / name
        aside = path.with_suffix(".part")
        with open(aside, "w", encoding="utf-8", opener=open_private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        sync_folder(self.root)

    def clear(self) -> None:
        """Delete the contents of the folder after a failed backup.

        They may include originals that were deleted from the installation in the meantime.
        """
        for path in self.root.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def open_private(name: str, flags: int) -> int:
    """Open a file with mode 600. For use as the argument `opener` of `open`."""
    return os.open(name, flags, 0o600)
