"""Backups that the installation knows of, and faults that doctor and admins should know."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.db import DatabaseUnavailable, transaction
from intake.health.database import TablesMissing
from intake.health.findings import Finding
from intake.lifecycle import UNSENT
from intake.models import Backup, Submission
from intake.retention import backup_policy
from intake.settings import Settings
from intake.wording import stamp

DAY = timedelta(days=1)


@dataclass(frozen=True)
class KnownBackup:
    """Complete backup that was found in a folder."""

    id: uuid.UUID
    made_at: datetime
    is_encrypted: bool


@dataclass(frozen=True)
class BackupTrouble:
    """Fault of the backups. `label` is short, `sentence` says what is wrong, `advice` what to do."""

    label: str
    sentence: str
    advice: str


@dataclass(frozen=True)
class BackupState:
    """Backups that the installation knows of. The times are None if there are none.

    `days` is the number of days after which a deleted submission is in no backup, or 0. `policy` is empty without one.
    """

    count: int
    newest_at: datetime | None
    oldest_at: datetime | None
    is_encrypted: bool
    days: int
    policy: str
    troubles: tuple[BackupTrouble, ...]

    @property
    def seen(self) -> str:
        """Sentence that describes the state of the backups."""
        if self.troubles:
            return " ".join(one.sentence for one in self.troubles)
        if self.newest_at is None or self.oldest_at is None:
            return "none was made yet, and no submission is older than a day"
        kind = "encrypted" if self.is_encrypted else "not encrypted"
        return f"{self.count}, the newest of {stamp(self.newest_at)}, {kind}, the oldest of {stamp(self.oldest_at)}"


def check_backups(settings: Settings) -> Finding:
    """Check that backups are made, encrypted, and deleted as promised."""
    try:
        with transaction() as session:
            found = state(session, settings)
    except (DatabaseUnavailable, TablesMissing):
        return Finding("backups", True, "unknown, because the database cannot be read")
    advice = " ".join(one.advice for one in found.troubles)
    return Finding("backups", not found.troubles, found.seen, advice)


def remember(session: Session, place: str, found: Sequence[KnownBackup]) -> None:
    """Store which backups are in a folder now. Backups in other folders stay as they are."""
    known = [one.id for one in found]
    session.execute(delete(Backup).where(Backup.place == place, Backup.id.not_in(known)))
    for one in found:
        row = {"place": place, "made_at": one.made_at, "is_encrypted": one.is_encrypted}
        session.execute(
            insert(Backup)
            .values(id=one.id, **row)
            .on_conflict_do_update(index_elements=[Backup.id], set_=row)
        )


def state(session: Session, config: Settings) -> BackupState:
    """Return the backups that the installation knows of, and their faults."""
    now: datetime = session.scalars(select(func.now())).one()
    known = session.scalars(select(Backup).order_by(Backup.made_at)).all()
    oldest, newest = next(iter(known), None), next(reversed(known), None)
    policy = backup_policy.of(config)
    return BackupState(
        len(known),
        newest.made_at if newest else None,
        oldest.made_at if oldest else None,
        bool(newest and newest.is_encrypted),
        backup_policy.deleted_after_days(config),
        str(policy) if policy else "",
        tuple(
            one
            for one in (
                _missing(session, newest),
                _overdue(newest, now, config),
                _kept_too_long(oldest, now, config),
                _open(newest, config),
            )
            if one
        ),
    )


def promised_days(session: Session, config: Settings) -> int:
    """Return the days after which contributors may be told that a deleted submission is in no backup. 0 if unknown."""
    now: datetime = session.scalars(select(func.now())).one()
    oldest: datetime | None = session.scalar(select(func.min(Backup.made_at)))
    newest: datetime | None = session.scalar(select(func.max(Backup.made_at)))
    if oldest is None or newest is None:
        return backup_policy.deleted_after_days(config)
    is_late = now - oldest > _limit(config)
    # Old backups are deleted when the next one is made, so they stay if no more are made.
    is_stopped = bool(backup_policy.of(config)) and now - newest > backup_policy.overdue_after(config)
    return 0 if is_late or is_stopped else backup_policy.deleted_after_days(config)


def _limit(config: Settings) -> timedelta:
    """Return the maximum age of a backup. Without a policy, one day more, because its deletion is noticed a day later."""
    days = backup_policy.deleted_after_days(config) * DAY
    return days if backup_policy.of(config) else days + DAY


def _missing(session: Session, newest: Backup | None) -> BackupTrouble | None:
    stored = select(Submission.id).where(
        Submission.status.not_in((UNSENT, "purged")), Submission.has_waited(DAY)
    )
    if newest or session.scalar(stored.limit(1)) is None:
        return None
    return BackupTrouble(
        "No backup",
        "This installation knows of no backup.",
        "Run `transom backup FOLDER` every day: docs/ops/backup.md.",
    )


def _overdue(newest: Backup | None, now: datetime, config: Settings) -> BackupTrouble | None:
    if newest is None or now - newest.made_at <= backup_policy.overdue_after(config):
        return None
    return BackupTrouble(
        "Backup missed",
        f"The newest backup is of {stamp(newest.made_at)}.",
        "Look at what starts `transom backup`: docs/ops/backup.md.",
    )


def _kept_too_long(oldest: Backup | None, now: datetime, config: Settings) -> BackupTrouble | None:
    days = backup_policy.deleted_after_days(config)
    if oldest is None or not days or now - oldest.made_at <= _limit(config):
        return None
    return BackupTrouble(
        "Old backup kept",
        f"A backup of {stamp(oldest.made_at)} is kept for longer than {days} days in {oldest.place}.",
        f"Delete it, then run `transom backups list {oldest.place}`. Contributors are told no number of days until then.",
    )


def _open(newest: Backup | None, config: Settings) -> BackupTrouble | None:
    if newest is None or newest.is_encrypted:
        return None
    advice = (
        "Make a backup now: it will be encrypted."
        if config.backup_recipient
        else "Make a key with `transom backups keygen`, and set TRANSOM_BACKUP_RECIPIENT: docs/ops/backup.md."
    )
    return BackupTrouble("Not encrypted", "The newest backup is not encrypted.", advice)
