"""Mixin for a submission's key, which its receipt or a key of this process unwraps."""

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, object_session

from intake.crypto import KeyFault, seal, unseal
from intake.keys.by_secret import RECEIPT_WRAP
from intake.keys.files import key_holder
from intake.keys.holders import APPLICATION, RECEIPT
from intake.models.sealing.key_ring import open_wrapped, ring_of
from intake.models.submission_key import SubmissionKey

if TYPE_CHECKING:
    import uuid


class WithKey:
    """The key of a submission: stored wrapped, and opened with the receipt or a key of this process."""

    if TYPE_CHECKING:
        id: Mapped[uuid.UUID]
        keys: Mapped[list[SubmissionKey]]

    # Receipt and unwrapped key. Neither is stored. No annotations, because SQLAlchemy would take them for columns.
    _receipt = ""
    _opened_key = b""

    @property
    def key(self) -> bytes:
        """Key that encrypts this submission's files and the values from `seal`.

        Raises KeyFault if neither the receipt with which it was loaded nor a key of this process opens it.
        """
        if not self._opened_key:
            self._opened_key = open_wrapped(
                {row.holder: row.wrapped for row in self.keys}, self.id, self._receipt
            )
            self._give_to_session()
        return self._opened_key

    def _give_to_session(self) -> None:
        """Add the receipt and the opened key to the key ring of the session, so that it can open this submission's words."""
        session = object_session(self)
        if session is not None:
            ring_of(session).take(self.id, receipt=self._receipt, key=self._opened_key)

    def wrap(self, key: bytes, receipt: str) -> None:
        """Give a new submission its key, wrapped to the installation and under its receipt (in canonical form)."""
        self._opened_key = key
        self._give_to_session()
        public = key_holder().public()
        self.keys = [SubmissionKey(holder=public.id, wrapped=public.wrap(key, self.id))]
        self.wrap_for(receipt)

    def wrap_for(self, receipt: str) -> None:
        """Wrap the key under its receipt, too. Does nothing if that is done already, or if this process cannot open the key.

        Submissions from before key pairs were introduced have no such wrap until their contributor returns.
        """
        if not self.keys or any(row.holder == RECEIPT for row in self.keys):
            return
        with contextlib.suppress(KeyFault):
            wrapped = RECEIPT_WRAP.wrap(self.key, receipt, self.id)
            pairs = [row for row in self.keys if row.holder != APPLICATION]
            self.keys = [*(pairs or self.keys), SubmissionKey(holder=RECEIPT, wrapped=wrapped)]

    def open_with(self, *, receipt: str = "", key: bytes = b"") -> None:
        """Set the receipt (in canonical form) that opens the key, or set `key` if it is unwrapped already."""
        self._receipt, self._opened_key = receipt, key
        self._give_to_session()

    def seal(self, plain: str, field: str) -> bytes:
        """Encrypt any string for the column or row `field`, with the key of this submission."""
        return seal(self.key, plain.encode(errors="surrogatepass"), f"{self.id} {field}".encode())

    def unseal(self, sealed: bytes, field: str) -> str:
        """Decrypt a value from `seal`. `field` must be the one that was passed to `seal`."""
        return unseal(self.key, sealed, f"{self.id} {field}".encode()).decode(errors="surrogatepass")


@event.listens_for(Session, "after_attach")
def _give_key(session: Session, row: object) -> None:
    """Let the session seal words of a new submission, whose wrapped keys are not written yet."""
    if isinstance(row, WithKey) and row._opened_key:
        ring_of(session).take(row.id, key=row._opened_key)
