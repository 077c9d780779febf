"""Manifest of a backup. The manifest is written last, so a folder without a manifest is incomplete."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.tables import Table

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class WrappedKey:
    """Key of a submission, wrapped for a holder, in hexadecimal."""

    holder: str
    submission_id: str
    wrapped: str


@dataclass(frozen=True)
class Manifest:
    """Description of a backup.

    `transom` is the version of Transom that made the backup. `revision` is the Alembic revision of the
    tables. `tables` are in the order in which they are loaded. `files` is the number of encrypted files.
    `sums` is the SHA-256 of the file SHA256SUMS. `lost` are the names of files that rows need and that did
    not exist. `keys` are wrapped keys of submissions, one for each holder, to test a copy of the key files with.
    `wrapped_key` is one that is wrapped under the application secret, in backups from before there were key pairs.
    """

    transom: str
    revision: str
    made_at: str
    tables: list[Table]
    files: int
    lost: list[str]
    sums: str
    format: int = FORMAT
    keys: list[WrappedKey] = field(default_factory=list)
    wrapped_key: str | None = None

    def write(self, folder: Folder) -> None:
        """Write the manifest, which completes the backup."""
        folder.write(NAME, json.dumps(asdict(self), indent=2) + "\n")

    def rows(self, table: str) -> int:
        """Number of rows of a table in the backup."""
        return next((one.rows for one in self.tables if one.name == table), 0)


def read(folder: Folder) -> Manifest:
    """Read the manifest of a folder. Raises BackupFault if it is missing or invalid."""
    path = folder.root / NAME
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise BackupFault(
                f"{folder.root} was made by Transom {told['transom']} in a format that this version does not know:"
                " restore it with that one."
            )
        keys = [WrappedKey(**one) for one in told.get("keys", [])]
        return Manifest(**{**told, "tables": [Table(**one) for one in told["tables"]], "keys": keys})
    except FileNotFoundError:
        raise BackupFault(
            f"{folder.root} is not a complete backup: {NAME}, which is written last, is missing. Use another backup."
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupFault(f"{path} cannot be read: use another backup.") from None
