"""Canaries: test jobs that run in each queue every minute.

They process a built-in text and a built-in photo as if a contributor had sent them. The results are compared with
the expected results, to detect a worker that runs but works wrongly.
"""

import uuid
from pathlib import Path

from intake.crypto import new_key
from intake.keys.files import key_holder
from intake.models import Job, Photo
from intake.models.photo import SIZES
from intake.notifications.mail import Mailer
from intake.photos import clean_photo
from intake.settings import settings
from intake.storage import files
from intake.text import sandboxed
from workers.tasks.job import CanaryFailed

TEXT = '<p onclick="x()">A <b>canary</b> sings.<script>alert(1)</script></p><p>Twice.<img src="//canary.example/x.gif"></p>'
CLEAN_TEXT = "<p>A <strong>canary</strong> sings.</p><p>Twice.</p>"

# Test photo of four coloured quarters, 48 × 32 pixels. Its metadata has a camera, a date, a position, and
# MARK as the owner's name.
PHOTO = Path(__file__).with_name("canary.jpg")
PHOTO_SIZE = (48, 32)
MARK = b"canary-was-here"


def try_text(_job: Job) -> None:
    """Clean the test text. Raises CanaryFailed if the result differs from CLEAN_TEXT."""
    cleaned = sandboxed.clean(TEXT, format="html")
    if cleaned.html != CLEAN_TEXT:
        raise CanaryFailed("a text was not cleaned as it should be")


def try_photo(_job: Job) -> None:
    """Encrypt, store and clean the test photo, and read its copies back.

    Raises CanaryFailed if the copies are not as expected. All files are deleted afterwards.
    """
    photo = Photo(id=uuid.uuid4(), submission_id=uuid.uuid4(), generation=0)
    key = _stored_key(photo.submission_id)
    try:
        files().put(photo.quarantine_name, PHOTO.read_bytes(), key)
        _clean(photo, key)
    finally:
        for area in ("quarantine", "clean"):
            files().delete_all(area, str(photo.submission_id))


def _stored_key(submission_id: uuid.UUID) -> bytes:
    """Return a key that was wrapped to the installation and unwrapped by its private key."""
    public = key_holder().public()
    return key_holder().private(public.id).unwrap(public.wrap(new_key(), submission_id), submission_id)


def _clean(photo: Photo, key: bytes) -> None:
    copies = clean_photo(files().read(photo.quarantine_name, key))
    if (copies.width, copies.height) != PHOTO_SIZE or "position" not in copies.removed:
        raise CanaryFailed("a photo was not cleaned as it should be")
    for size in SIZES:
        files().put(photo.clean_name(size), getattr(copies, size), key)
    stored = [files().read(photo.clean_name(size), key) for size in SIZES]
    if stored != [getattr(copies, size) for size in SIZES] or any(MARK in copy for copy in stored):
        raise CanaryFailed("the copies of a photo are not what was stored")


def try_mail(_job: Job) -> None:
    """Log in to the mail server, if one is configured. Raises MailServerUnavailable."""
    if settings().smtp_url:
        with Mailer(settings()) as mailer:
            mailer.check_connection()


def do_nothing(_job: Job) -> None:
    """Do nothing. A canary of this kind only tests that its queue is served."""
