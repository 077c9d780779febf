"""Submissions as stored before key pairs were introduced: their keys are wrapped under the application secret."""

import uuid

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.crypto import FORMER_WRAP, Keyring, keyring
from intake.keys.holders import APPLICATION
from intake.models import Submission, SubmissionKey


def wrapped_formerly(key: bytes, ring: Keyring | None = None) -> bytes:
    """Wrap a key under the application secret, as versions without key pairs did."""
    return aes_key_wrap((ring or keyring()).subkey(FORMER_WRAP), key)


def former_wrap(session: Session, *submission_ids: uuid.UUID) -> None:
    """Wrap the keys of all submissions under the application secret, and delete their other wrapped keys."""
    for submission_id in submission_ids:
        key = session.get_one(Submission, submission_id).key
        session.execute(delete(SubmissionKey).where(SubmissionKey.submission_id == submission_id))
        session.add(
            SubmissionKey(submission_id=submission_id, holder=APPLICATION, wrapped=wrapped_formerly(key))
        )
