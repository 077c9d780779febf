"""Keys of submissions of any installation, opened by its private keys."""

from intake.keys.files import read_private
from intake.models import Submission
from intake.settings import Settings


def key_of(submission: Submission, settings: Settings) -> bytes:
    """Key of a submission, by the private key of the installation with these settings."""
    private = read_private(settings.private_key_path)
    (row,) = [row for row in submission.keys if private.find(row.holder)]
    found = private.find(row.holder)
    assert found
    return found.unwrap(row.wrapped, submission.id)
