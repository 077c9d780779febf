"""Where what lies in a backup."""

import os
import shutil
from pathlib import Path

from intake.backup.fault import BackupFault
from intake.fsync import sync_folder
from intake.storage import Disk


class Folder:
    """`manifest.json`, `SHA256SUMS`, `database/<table>.copy` and, encrypted as they were, `files/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = Disk(root / "files")

    @classmethod
    def fresh(cls, root: Path) -> "Folder":
        """A new or empty folder, made ours alone; BackupFault for one that holds anything."""
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
        """The file of a table's rows."""
        return self.root / "database" / f"{name}.copy"

    def write(self, name: str, text: str) -> None:
        """Write a file in one piece, mode 600: it is there whole, also after a power cut, or not at all."""
        path = self.root / name
        aside = path.with_suffix(".part")
        with open(aside, "w", encoding="utf-8", opener=for_us_alone) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        sync_folder(self.root)

    def clear(self) -> None:
        """Leave nothing of a backup that failed: it holds originals that may be destroyed by now elsewhere."""
        for path in self.root.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def for_us_alone(name: str, flags: int) -> int:
    """An opener of files with mode 600."""
    return os.open(name, flags, 0o600)
