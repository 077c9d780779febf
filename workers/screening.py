"""Making texts and photos safe to look at. Slow work holds no transaction open."""

from typing import Any

from intake.actions import screen
from intake.actions.errors import NotFound
from intake.db import transaction
from intake.models import Job, Photo
from intake.photos import PhotoRefused
from intake.photos import clean_photo as clean
from intake.storage import files
from intake.text import clean_body, clean_line


def screen_text(job: Job) -> None:
    """Clean a submission's words into revision 1."""
    assert job.submission_id  # noqa: S101
    with transaction() as session:
        raw = screen.raw_words(session, job.submission_id)
    if raw is None:
        return
    words = clean_words(raw)
    with transaction() as session:
        screen.text_cleaned(session, job.submission_id, words)


def clean_words(raw: dict[str, Any]) -> screen.CleanWords:
    """Every word that a contributor sent, cleaned; `raw` is revision 0 as Draft.raw wrote it."""
    body = clean_body(raw["body"], format=raw["format"])
    return screen.CleanWords(
        title=clean_line(raw["title"]),
        html=body.html,
        words=body.words,
        print_name=clean_line(raw["print_name"]),
        photos={key: (clean_line(p["caption"]), clean_line(p["credit"])) for key, p in raw["photos"].items()},
        report={"removed": body.removed, "flags": body.flags, "fallback": body.fallback},
    )


def clean_photo(job: Job) -> None:
    """Clean a photo, store its copies, then destroy the original. Every step may be repeated.

    Names of files follow from the photo's id, so a second run replaces what the first stored, and the original
    is deleted on every run: a worker killed between the commit and the deletion leaves it to the next.
    """
    with transaction() as session:
        photo = session.get(Photo, job.photo_id)
        if photo is None:
            raise NotFound
        waiting = photo.status == "received"
        key = photo.submission.key if waiting else b""
    if waiting:
        _clean(photo, key)
    files().delete(photo.quarantine_name)


def _clean(photo: Photo, key: bytes) -> None:
    try:
        copies = clean(files().read(photo.quarantine_name, key))
    except PhotoRefused as refusal:
        with transaction() as session:
            screen.photo_refused(session, photo.id, refusal.reason)
        return
    for size in ("full", "web", "thumb"):
        files().put(photo.clean_name(size), getattr(copies, size), key)
    with transaction() as session:
        screen.photo_cleaned(session, photo.id, copies)
