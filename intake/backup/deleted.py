"""Submissions that were deleted after a backup was made. A restore must not bring them back.

Each backup lists the submissions that existed. A submission in an older backup that a newer one does not list was
deleted between the two.
"""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.backup import checksums, stored
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.header import BackupHeader

if TYPE_CHECKING:
    import psycopg

NAME = "present"


@dataclass(frozen=True)
class Later:
    """Newer backup of the same installation. `present` are the ids of the submissions that existed then."""

    root: Path
    header: BackupHeader
    present: frozenset[uuid.UUID]


def latest(root: Path, header: BackupHeader, folder: Folder) -> Later | None:
    """Return the newest backup beside the one in `root` that is newer and can be read, or None.

    `folder` has the identities with which the newer backup is read.
    """
    beside = stored.own(stored.found(root.absolute().parent), header.installation)
    for one in reversed(beside):
        if one.header.at <= header.at:
            return None
        newer = Folder(one.root, one.header.recipients, folder.identities)
        try:
            checksums.check_one(one.root, one.header.sums, newer.stored_name(NAME))
            lines = newer.read(NAME).decode().split()
            return Later(one.root, one.header, frozenset(map(uuid.UUID, lines)))
        except (BackupFault, ValueError):
            continue
    return None


def destroy_keys(connection: "psycopg.Connection[Any]", later: Later) -> list[uuid.UUID]:
    """Destroy the keys of restored submissions that were deleted later. Returns their ids.

    Called in the transaction that loads the rows, so that these submissions can never be opened in between.
    """
    query = "SELECT id FROM submissions WHERE status <> 'purged' ORDER BY id"
    gone = [row[0] for row in connection.execute(query) if row[0] not in later.present]
    connection.execute("DELETE FROM submission_keys WHERE submission_id = ANY(%s)", [gone])
    connection.execute("DELETE FROM link_keys WHERE submission_id = ANY(%s)", [gone])
    return gone
