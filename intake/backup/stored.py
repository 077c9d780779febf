"""Backups in a folder: their list, and rotation by the policy."""

import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from intake.backup import header, mark
from intake.backup.errors import BackupFault
from intake.backup.header import BackupHeader
from intake.db import transaction
from intake.health import backups
from intake.health.backups import KnownBackup
from intake.models import record
from intake.retention import backup_policy
from intake.settings import Settings


@dataclass(frozen=True)
class StoredBackup:
    """Complete backup in the folder `root`."""

    root: Path
    header: BackupHeader

    @property
    def known(self) -> KnownBackup:
        """Fields of this backup that the database stores."""
        told = self.header
        id_ = uuid.UUID(told.id) if told.id else uuid.uuid5(uuid.NAMESPACE_URL, f"{self.root}{told.made_at}")
        return KnownBackup(id_, told.at, told.is_sealed)


def found(place: Path) -> list[StoredBackup]:
    """Return the complete backups in a folder, oldest first. Unreadable backups are left out."""
    stored = []
    for path in {one.parent for name in (header.NAME, header.OLD_NAME) for one in place.glob(f"*/{name}")}:
        try:
            stored.append(StoredBackup(path, header.read(path)))
        except BackupFault:
            continue
    return sorted(stored, key=lambda one: one.header.at)


def own(stored: Sequence[StoredBackup], installation: str) -> list[StoredBackup]:
    """Return the backups with this installation's name in their headers. Backups of the first format have no name."""
    return [one for one in stored if installation and one.header.installation == installation]


def _maybe_own(stored: Sequence[StoredBackup], installation: str) -> list[StoredBackup]:
    return [one for one in stored if one.header.installation in ("", installation)]


def surplus(stored: Sequence[StoredBackup], installation: str, config: Settings) -> list[StoredBackup]:
    """Return this installation's backups that the policy does not keep, oldest first. Never the newest complete one."""
    policy = backup_policy.of(config)
    mine = own(stored, installation)
    if policy is None:
        return []
    kept = policy.kept([one.header.at for one in mine], datetime.now(UTC))
    return [one for one in mine if one.header.at not in kept]


def delete(one: StoredBackup) -> None:
    """Delete a backup, its header first: after an interruption, the rest does not look complete. Raises BackupFault."""
    try:
        mark.leave(one.root, one.header.installation)
        (one.root / header.NAME).unlink()
        shutil.rmtree(one.root)
    except OSError as error:
        raise BackupFault(
            f"The old backup {one.root} cannot be deleted ({error.strerror}): delete it yourself, since it holds deleted submissions."
        ) from None


def record_made(one: BackupHeader) -> None:
    """Record that a backup was made."""
    with transaction() as session:
        record(session, "backup.made", made=minute(one.at), encrypted=one.is_sealed)


def record_deleted(one: BackupHeader) -> None:
    """Record that a backup was deleted."""
    with transaction() as session:
        record(session, "backup.deleted", made=minute(one.at))


def minute(at: datetime) -> str:
    """Format a time in UTC for the data of events, such as 2026-11-27 03:00."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def remember(place: Path, installation: str) -> list[StoredBackup]:
    """Store in the database which backups in a folder are of this installation or have no name. Returns them, oldest first."""
    there = _maybe_own(found(place), installation)
    with transaction() as session:
        backups.remember(session, str(place.absolute()), [one.known for one in there])
    return there


def deletion_sentences(there: Sequence[StoredBackup], config: Settings) -> list[str]:
    """Return sentences: which deleted submissions are in no backup any more, and when that is true of those deleted today."""
    sentences = []
    if there:
        sentences.append(
            f"Submissions deleted before {there[0].header.at.astimezone(UTC).date()} are in no backup here any more."
        )
    if days := backup_policy.deleted_after_days(config):
        sentences.append(f"Those deleted today will be gone from the oldest backup by {_day(days)}.")
    return sentences


def _day(days: int) -> date:
    return (datetime.now(UTC) + timedelta(days=days)).date()
