"""Keys of submissions, wrapped for those who may open them, and the scrubs that follow when keys are destroyed."""

import contextlib
import uuid
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.crypto import KeyFault, keyring, seal, unseal
from intake.db import Base
from intake.keys.by_secret import RECEIPT_WRAP
from intake.keys.files import key_holder
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
    """The key of a submission, wrapped under the secret of a reading link, so that the public side opens no other by it."""

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

    `problems` are sentences about the last try. `succeeded_at` is the end of the last scrub without problems, `tried_at`
    the beginning of the last one.
    """

    __tablename__ = "scrubs"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    tried_at: Mapped[Moment]
    succeeded_at: Mapped[Moment]
    problems: Mapped[list[str]] = mapped_column(JSONB, default=list)


class WithKey:
    """The key of a submission: stored wrapped, and opened with the receipt or a key of this process."""

    if TYPE_CHECKING:
        id: Mapped[uuid.UUID]
        keys: Mapped[list[SubmissionKey]]

    # What opens the key. Neither is stored. Without annotations, since SQLAlchemy would take them for columns.
    _receipt = ""
    _opened_key = b""

    @property
    def key(self) -> bytes:
        """Key that encrypts this submission's files and the values from `seal`.

        Raises KeyFault if neither the receipt with which it was loaded nor a key of this process opens it.
        """
        if not self._opened_key:
            self._opened_key = self._open({row.holder: row.wrapped for row in self.keys})
        return self._opened_key

    def _open(self, wrapped: dict[str, bytes]) -> bytes:
        by_the_receipt = wrapped.pop(RECEIPT, None)
        if by_the_receipt and self._receipt:
            return RECEIPT_WRAP.unwrap(by_the_receipt, self._receipt, self.id)
        by_application = wrapped.pop(APPLICATION, None)
        if by_application and not (wrapped and key_holder().has_private):
            return keyring().unwrap(by_application)
        for pair_id, one in wrapped.items():
            return key_holder().private(pair_id).unwrap(one, self.id)
        raise KeyFault("This submission has no key for this process.")

    def wrap(self, key: bytes, receipt: str) -> None:
        """Give a new submission its key, wrapped to the installation and under its receipt (in canonical form)."""
        self._opened_key = key
        public = key_holder().public()
        self.keys = [SubmissionKey(holder=public.id, wrapped=public.wrap(key, self.id))]
        self.wrap_for(receipt)

    def wrap_for(self, receipt: str) -> None:
        """Wrap the key under its receipt, too. Does nothing if it is, or if this process cannot open it.

        Submissions from before there were key pairs lack it until their contributor returns.
        """
        if not self.keys or any(row.holder == RECEIPT for row in self.keys):
            return
        with contextlib.suppress(KeyFault):
            wrapped = RECEIPT_WRAP.wrap(self.key, receipt, self.id)
            pairs = [row for row in self.keys if row.holder != APPLICATION]
            self.keys = [*(pairs or self.keys), SubmissionKey(holder=RECEIPT, wrapped=wrapped)]

    def open_with(self, *, receipt: str = "", key: bytes = b"") -> None:
        """Let the key be opened with the receipt (in canonical form), or be `key`, which was opened before."""
        self._receipt, self._opened_key = receipt, key

    def seal(self, plain: str, field: str) -> bytes:
        """Encrypt any string for the column or row `field`, with the key of this submission."""
        return seal(self.key, plain.encode(errors="surrogatepass"), f"{self.id} {field}".encode())

    def unseal(self, sealed: bytes, field: str) -> str:
        """Decrypt a value from `seal`. `field` must be the one that was passed to `seal`."""
        return unseal(self.key, sealed, f"{self.id} {field}".encode()).decode(errors="surrogatepass")
