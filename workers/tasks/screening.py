"""Handlers that make texts and photos safe to look at. Slow work holds no transaction open."""

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from intake import photos
from intake.db import transaction
from intake.models import Job, Photo
from intake.models.photo import SIZES
from intake.photos import PhotoRefused
from intake.storage import files
from intake.submissions import answer_screening, screening
from intake.text import CleanText, clean_body, cleaned_line, keep_as_text
from intake.text.unicode.invisible import Cleaned
from workers.tasks.job import photo_of, report_stage, submission_of
from workers.tasks.soft_timeout import SoftTimeout, soft_timeout

# Refusals that a busy machine can cause. Only the second one in a row counts.
RETRIED_REASONS = frozenset({"too_slow", "too_much_memory"})

_RETRIED_ERRORS = frozenset(f"{PhotoRefused.__name__}: {reason}" for reason in RETRIED_REASONS)

TEXT_SECONDS = 20.0
"""Soft timeout for one text. The slowest known text takes one second."""

HTML_ATTEMPTS = 2
"""Attempts to clean the HTML.

After these, the text is kept as plain text, because cleaning it may kill workers.
"""


def screen_text(job: Job) -> None:
    """Clean the words of a submission into revision 1, and its answer into a later revision."""
    submission_id = submission_of(job)
    _screen_words(submission_id, skip_html=job.attempts > HTML_ATTEMPTS)
    _screen_answer(submission_id, skip_html=job.attempts > HTML_ATTEMPTS)


def _screen_words(submission_id: uuid.UUID, *, skip_html: bool) -> None:
    with transaction() as session:
        raw = screening.raw_words(session, submission_id)
    if raw is None:
        return
    words = clean_words(raw, skip_html=skip_html)
    with transaction() as session:
        screening.text_cleaned(session, submission_id, words)


def _screen_answer(submission_id: uuid.UUID, *, skip_html: bool) -> None:
    """Clean the waiting answer. There is at most one, because the next is accepted only after review."""
    with transaction() as session:
        found = answer_screening.raw_answer(session, submission_id)
    if found is None:
        return
    answer_id, raw = found
    clean = clean_answer(raw, skip_html=skip_html)
    with transaction() as session:
        answer_screening.answer_cleaned(session, submission_id, answer_id, clean)


def clean_words(raw: dict[str, Any], *, skip_html: bool = False) -> screening.CleanWords:
    """Clean all words of `raw`, which is the JSON of `NewSubmission.raw`.

    If `skip_html` is set, or the HTML takes too long, the text is kept as plain text and the report says
    `too_long`.
    """
    body = None if skip_html else _clean_in_time(raw)
    too_long = {} if body else {"too_long": True}
    body = body or keep_as_text(raw["body"], format=raw["format"])
    title, name = cleaned_line(raw["title"]), cleaned_line(raw["print_name"])
    photos = {
        key: (cleaned_line(p["caption"]), cleaned_line(p["credit"])) for key, p in raw["photos"].items()
    }
    lines = [title, name, *(one for pair in photos.values() for one in pair)]
    return screening.CleanWords(
        title=title.text,
        html=body.html,
        words=body.words,
        print_name=name.text,
        photos={key: (caption.text, credit.text) for key, (caption, credit) in photos.items()},
        report={**_report(body, lines), "fallback": body.fallback, **too_long},
    )


def clean_answer(raw: dict[str, Any], *, skip_html: bool = False) -> answer_screening.CleanAnswer:
    """Clean all words of an answer. `raw` is the JSON of `AnswerDraft.raw`."""
    words = clean_words({**raw, "print_name": ""}, skip_html=skip_html)
    return answer_screening.CleanAnswer(words, clean_body(raw["message"], format="plain").text.strip())


def _report(body: CleanText, lines: Iterable[Cleaned]) -> dict[str, Any]:
    """Sum of removals in all fields, and the flags of any field."""
    removed, flags = Counter(body.removed), dict.fromkeys(body.flags)
    for one in lines:
        removed += one.removed
        flags |= dict.fromkeys(one.flags)
    return {"removed": dict(removed), "flags": list(flags)}


def _clean_in_time(raw: dict[str, Any]) -> CleanText | None:
    try:
        with soft_timeout(TEXT_SECONDS):
            return clean_body(raw["body"], format=raw["format"])
    except SoftTimeout:
        return None


def clean_photo(job: Job) -> None:
    """Clean a photo, store its copies, then destroy the original. Every step may be repeated.

    File names depend on the photo's id only, so a second run overwrites the first. The original is deleted
    on every run, because a worker may die between the commit and the deletion.
    """
    with transaction() as session:
        photo, key = screening.photo_and_key(session, photo_of(job))
    if key:
        _clean(job, photo, key)
    files().delete(photo.quarantine_name)


def failed_so_before(job: Job) -> bool:
    """Return whether the previous attempt failed with one of RETRIED_REASONS.

    The number of attempts does not tell: earlier ones may have failed by a killed worker or a full disk.
    """
    return job.error in _RETRIED_ERRORS


def _clean(job: Job, photo: Photo, key: bytes) -> None:
    try:
        copies = photos.clean_photo(_original(job, photo, key))
    except PhotoRefused as refusal:
        if refusal.reason in RETRIED_REASONS and not failed_so_before(job):
            raise
        with transaction() as session:
            screening.photo_refused(session, photo.id, refusal.reason)
        return
    report_stage(job, "writing copies")
    for size in SIZES:
        files().put(photo.clean_name(size), getattr(copies, size), key)
    with transaction() as session:
        kept = screening.photo_cleaned(session, photo.id, copies)
    if not kept:
        _delete_copies(photo)


def _original(job: Job, photo: Photo, key: bytes) -> bytes:
    report_stage(job, "decrypting")
    original = files().read(photo.quarantine_name, key)
    report_stage(job, "decoding")
    return original


def _delete_copies(photo: Photo) -> None:
    """Delete copies that were stored after a purge had deleted all files."""
    for size in SIZES:
        files().delete(photo.clean_name(size))
