"""Keys that a database session has opened. They end with the session, so no process keeps a key beyond a request or job."""

import hmac
import uuid
from collections.abc import Collection
from enum import Enum
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from intake.crypto import KEY_BYTES, KeyFault, keyring
from intake.db import reader
from intake.keys.by_secret import RECEIPT_WRAP
from intake.keys.files import key_holder
from intake.keys.holders import APPLICATION, RECEIPT
from intake.models.submission_key import SubmissionKey

PURPOSE = "words of the desk"
"""Purpose of the subkey of the application secret that seals the desk's own words. No public server gets it."""

TERMS_PURPOSE = "terms of the desk"
"""Purpose of the subkey for keyed hashes, which allow a lookup of sealed tags, regions and names."""


class Scope(Enum):
    """Key that seals words.

    SUBMISSION: the submission's key. DESK: derived from that key and the desk's secret, so that a receipt does not open it.
    INSTALLATION: the desk's secret, for words that belong to no submission.
    """

    SUBMISSION = "submission"
    DESK = "desk"
    INSTALLATION = "installation"


class KeyRing:
    """Keys of the submissions that one session has loaded. The wrapped keys of all of them are loaded in one query."""

    def __init__(self) -> None:
        self._met: set[uuid.UUID] = set()
        self._wrapped: dict[uuid.UUID, dict[str, bytes]] = {}
        self._receipts: dict[uuid.UUID, str] = {}
        self._keys: dict[tuple[Scope, uuid.UUID | None], bytes] = {}

    def meet(self, submission_ids: Collection[uuid.UUID]) -> None:
        """Note submissions whose words may be opened soon."""
        self._met.update(submission_ids)

    def take(self, submission_id: uuid.UUID, *, receipt: str = "", key: bytes = b"") -> None:
        """Add the receipt of a submission (in canonical form), or its key if that is unwrapped already."""
        if receipt:
            self._receipts[submission_id] = receipt
        if key:
            self._keys[Scope.SUBMISSION, submission_id] = key

    def key(self, session: Session | None, scope: Scope, submission_id: uuid.UUID | None) -> bytes | None:
        """Return a key, or None if it was destroyed. Raises KeyFault if this process cannot open it.

        If `session` is None because it has ended, missing wrapped keys are loaded over a separate connection.
        """
        found = self._keys.get((scope, submission_id))
        if found is None:
            found = self._derive(session, scope, submission_id)
            if found is not None:
                self._keys[scope, submission_id] = found
        return found

    def _derive(self, session: Session | None, scope: Scope, submission_id: uuid.UUID | None) -> bytes | None:
        if scope is Scope.INSTALLATION or submission_id is None:
            return keyring().subkey(PURPOSE)
        if scope is Scope.SUBMISSION:
            return self._open(session, submission_id)
        secret = self.key(session, Scope.INSTALLATION, None)
        key = self.key(session, Scope.SUBMISSION, submission_id)
        info = b"transom words of the desk 1 " + submission_id.bytes
        return key and HKDF(SHA256(), KEY_BYTES, salt=secret, info=info).derive(key)

    def _open(self, session: Session | None, submission_id: uuid.UUID) -> bytes | None:
        if submission_id not in self._wrapped:
            self._load(session, submission_id)
        wrapped = self._wrapped.get(submission_id)
        if wrapped is None:
            return None
        return open_wrapped(wrapped, submission_id, self._receipts.get(submission_id, ""))

    def _load(self, session: Session | None, submission_id: uuid.UUID) -> None:
        ids = {submission_id, *self._met} - self._wrapped.keys()
        if session is not None:
            self._add(session, ids)
        else:
            with reader() as connection:
                self._add(connection, ids)
        self._met.clear()

    def _add(self, source: Session | Connection, ids: Collection[uuid.UUID]) -> None:
        rows: Any = source.execute(WRAPPED, {"ids": list(ids)})
        for submission_id, holder, wrapped in rows:
            self._wrapped.setdefault(submission_id, {})[holder] = wrapped


# Built once, because building a query takes longer than sending it.
WRAPPED = select(SubmissionKey.submission_id, SubmissionKey.holder, SubmissionKey.wrapped).where(
    SubmissionKey.submission_id.in_(bindparam("ids", expanding=True))
)


def open_wrapped(wrapped: dict[str, bytes], submission_id: uuid.UUID, receipt: str) -> bytes:
    """Open the key of a submission, given {holder: wrapped key}.

    Raises KeyFault if neither the receipt (in canonical form, or empty) nor a key of this process opens it.
    """
    others = dict(wrapped)
    by_the_receipt = others.pop(RECEIPT, None)
    if by_the_receipt and receipt:
        return RECEIPT_WRAP.unwrap(by_the_receipt, receipt, submission_id)
    by_application = others.pop(APPLICATION, None)
    if by_application and not (others and key_holder().has_private):
        return keyring().unwrap(by_application)
    for pair_id, one in others.items():
        return key_holder().private(pair_id).unwrap(one, submission_id)
    raise KeyFault("This submission has no key for this process.")


def keyed_term(words: str) -> int:
    """Return a keyed hash of words, as a bigint. Equal words have equal hashes, and a hash does not reveal its words.

    Raises KeyFault in a process that serves only contributors.
    """
    digest = hmac.digest(keyring().subkey(TERMS_PURPOSE), words.encode(errors="surrogatepass"), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)


def ring_of(session: Session) -> KeyRing:
    """Return the key ring of a session."""
    ring: KeyRing = session.info.setdefault("key ring", KeyRing())
    return ring
