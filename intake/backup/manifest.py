"""What a backup is. It is written last: a folder without it was interrupted."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.tables import Table

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """`transom` is the version that wrote it, `revision` that of its tables, in the order in which they can be loaded.

    `sums` is the SHA-256 of SHA256SUMS; `lost` names files that rows need and that were not there to copy. `wrapped_key` is that of one
    submission, in hexadecimal: the master key that opens it is the right one. None where there is no submission.
    """

    transom: str
    revision: str
    made_at: str
    tables: list[Table]
    files: int
    lost: list[str]
    wrapped_key: str | None
    sums: str
    format: int = FORMAT

    def write(self, folder: Folder) -> None:
        """Make the folder a backup."""
        folder.write(NAME, json.dumps(asdict(self), indent=2) + "\n")

    def rows(self, table: str) -> int:
        """How many rows of a table are in it."""
        return next((one.rows for one in self.tables if one.name == table), 0)


def read(folder: Folder) -> Manifest:
    """The manifest of a folder; BackupFault if it has none, or one that we cannot read."""
    path = folder.root / NAME
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise BackupFault(
                f"{folder.root} was made by Transom {told['transom']} in a form that this version does not know:"
                " restore it with that one."
            )
        return Manifest(**{**told, "tables": [Table(**one) for one in told["tables"]]})
    except FileNotFoundError:
        raise BackupFault(
            f"{folder.root} is no whole backup: it has no {NAME}, which is written last. Take another."
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupFault(f"{path} cannot be read: take another backup.") from None
