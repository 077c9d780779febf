"""Backups that `transom backup` has made and that were still there when it last looked."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base


class Backup(Base):
    """A complete backup. `place` is the path of the parent folder on the machine that made the backup.

    The rows mirror the contents of `place`, so that doctor and the admins' pages know of backups on other machines.
    Backups leave out this table.
    """

    __tablename__ = "backups"
    __table_args__ = (CheckConstraint("place <> ''", name="place"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(AwareDateTime)
    is_encrypted: Mapped[bool]
