"""Manifest of a backup: its tables and files. In an encrypted backup it is encrypted."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.tables import Table

NAME = "manifest.json"


@dataclass(frozen=True)
class WrappedKey:
    """Key of a submission, wrapped for a holder, in hexadecimal."""

    holder: str
    submission_id: str
    wrapped: str


@dataclass(frozen=True)
class Manifest:
    """Contents of a backup.

    `transom` is the version of Transom that made the backup. `revision` is the Alembic revision of the
    tables. `tables` are in the order in which they are loaded. `names` are the stored files.
    `lost` are the names of files that rows need and that did not exist. `keys` are wrapped keys of submissions, one for
    each holder (intake/keys/holders.py). A restore tests with them whether a copy of the key files is the right one.
    `wrapped_key` serves this test in backups from before key pairs were introduced.
    """

    transom: str
    revision: str
    made_at: str
    tables: list[Table]
    names: list[str]
    lost: list[str]
    keys: list[WrappedKey] = field(default_factory=list)
    wrapped_key: str | None = None

    @property
    def text(self) -> str:
        """Contents of the file."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def rows(self, table: str) -> int:
        """Number of rows of a table in the backup."""
        return next((one.rows for one in self.tables if one.name == table), 0)


def read(folder: Folder) -> Manifest:
    """Read the manifest of a folder. Raises BackupFault if it is missing or invalid, or if no identity opens it.

    `names` is empty in backups of the first format, in which SHA256SUMS lists the names.
    """
    data = folder.read(NAME)
    try:
        told: dict[str, Any] = json.loads(data)
        known = {name: told[name] for name in ("transom", "revision", "made_at", "lost")}
        keys = [WrappedKey(**one) for one in told.get("keys", [])]
        return Manifest(
            **known,
            tables=[Table(**one) for one in told["tables"]],
            names=told.get("names", []),
            keys=keys,
            wrapped_key=told.get("wrapped_key"),
        )
    except (ValueError, KeyError, TypeError):
        raise BackupFault(f"{folder.root / NAME} cannot be read: use another backup.") from None
