"""Keys and words of any installation, opened by its key files."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto import Keyring
from intake.keys.files import read_private
from intake.models import Submission
from intake.models.sealing.key_ring import PURPOSE, Scope, ring_of
from intake.settings import Settings


def key_of(submission: Submission, settings: Settings) -> bytes:
    """Key of a submission, by the private key of the installation with these settings."""
    private = read_private(settings.private_key_path)
    (row,) = [row for row in submission.keys if private.find(row.holder)]
    found = private.find(row.holder)
    assert found
    return found.unwrap(row.wrapped, submission.id)


def open_words(session: Session, settings: Settings) -> None:
    """Let the session open the words of all submissions and of the desk of the installation with these settings."""
    ring = ring_of(session)
    ring._keys[Scope.INSTALLATION, None] = Keyring(settings.master_key_path.read_bytes()).subkey(PURPOSE)
    for submission in session.scalars(select(Submission)):
        if submission.keys:
            ring.take(submission.id, key=key_of(submission, settings))
