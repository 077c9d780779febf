"""Keys of submissions, wrapped for those who may open them, and the scrubs that follow when keys are destroyed."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.keys.holders import APPLICATION, RECEIPT
from intake.models.columns import Moment, Number


class SubmissionKey(Base):
    """The key of a submission, wrapped for one holder.

    `holder` is the id of a key pair of the installation, RECEIPT, or APPLICATION. A row for each holder lets a rotation
    add the new one before it deletes the old one. The table has nothing else, so that it can be rewritten quickly.
    """

    __tablename__ = "submission_keys"
    __table_args__ = (
        CheckConstraint(
            f"holder IN ('{RECEIPT}', '{APPLICATION}') OR holder ~ '^[0-9a-f]{{16}}$'", name="holder"
        ),
        # AES key wrap: 40 bytes. Under a receipt: 60. HPKE: 80.
        CheckConstraint("octet_length(wrapped) BETWEEN 40 AND 200", name="wrapped"),
        Index("ix_submission_keys_holder", "holder", "submission_id"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]


class LinkKey(Base):
    """The key of a submission, wrapped under the secret of a reading link, which opens no other submission."""

    __tablename__ = "link_keys"
    __table_args__ = (CheckConstraint("octet_length(wrapped) = 60", name="wrapped"),)

    link_id: Mapped[int] = mapped_column(ForeignKey("reading_links.id"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    wrapped: Mapped[bytes]


class Deletion(Base):
    """A transaction that deleted rows of a submission or draft, and that no scrub has followed yet.

    A scrub deletes the rows that it saw when it began. The row names no submission and no time.
    """

    __tablename__ = "deletions"

    id: Mapped[Number]


class Scrub(Base):
    """The last scrub (intake/health/scrub/). The table has one row.

    `problems` are sentences about the last attempt. `succeeded_at` is the end of the last scrub without problems, `tried_at`
    the beginning of the last one.
    """

    __tablename__ = "scrubs"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    tried_at: Mapped[Moment]
    succeeded_at: Mapped[Moment]
    problems: Mapped[list[str]] = mapped_column(JSONB, default=list)
