"""Header of a backup: the file `backup.json`, in clear. It is written last, so a folder without it is incomplete."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder

NAME = "backup.json"
OLD_NAME = "manifest.json"
APPLICATION = "transom backup"
FORMAT = 2


@dataclass(frozen=True)
class BackupHeader:
    """Description of a backup, readable without any key.

    `installation` names the installation, or is empty if its secret could not be read. `made_at` is in ISO 8601. `sums` is the
    SHA-256 of the file SHA256SUMS. `recipients` are the public keys to which the backup is encrypted.
    """

    id: str
    installation: str
    made_at: str
    transom: str
    sums: str
    recipients: Sequence[str] = ()
    format: int = FORMAT
    application: str = field(default=APPLICATION)

    @property
    def at(self) -> datetime:
        """Time of the backup."""
        return datetime.fromisoformat(self.made_at)

    @property
    def is_sealed(self) -> bool:
        """Return whether the backup is encrypted."""
        return bool(self.recipients)

    def write(self, folder: Folder) -> None:
        """Write the header, which completes the backup."""
        folder.write(NAME, json.dumps(asdict(self), indent=2) + "\n")


def read(root: Path) -> BackupHeader:
    """Read the header of a backup in either format, the first or the present. Raises BackupFault if missing or invalid."""
    path = next((root / name for name in (NAME, OLD_NAME) if (root / name).is_file()), None)
    if path is None:
        raise BackupFault(
            f"{root} is not a complete backup: {NAME}, which is written last, is missing. Use another backup."
        )
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told["format"] != (FORMAT if path.name == NAME else 1):
            raise BackupFault(
                f"{root} was made by Transom {told['transom']} in a format that this version does not know:"
                " restore it with that one."
            )
        if path.name == OLD_NAME:
            found = BackupHeader("", "", told["made_at"], told["transom"], told["sums"], format=1)
        else:
            found = BackupHeader(**told)
        _ = found.at
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupFault(f"{path} cannot be read: use another backup.") from None
    return found
