"""Handlers that make texts and photos safe to look at. No transaction is open during slow work."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from intake import photos
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Job, Photo
from intake.models.photo import SIZES
from intake.originals import holders, keeping
from intake.originals.keeping import Sealing
from intake.photos import PhotoRefused
from intake.review import language_choice
from intake.review.language_choice import LanguageChoice
from intake.settings import settings
from intake.storage import files
from intake.submissions import answer_screening, pages, screening
from intake.submissions.screening import RawPhoto
from intake.submissions.suspicion import phrase_list
from intake.submissions.suspicion.traits import traits
from intake.text import CleanText, clean_lines, cleaned_line, sandboxed
from intake.text.language import Told
from intake.text.unicode.invisible import Cleaned
from workers.tasks import document_texts
from workers.tasks.document_texts import DocumentText
from workers.tasks.job import photo_of, report_stage, submission_of

# A busy machine can cause these refusals of a photo. The photo is refused only after two of them in a row.
RETRIED_REASONS = frozenset({"too_slow", "too_much_memory"})

_RETRIED_ERRORS = frozenset(f"{PhotoRefused.__name__}: {reason}" for reason in RETRIED_REASONS)


def screen_text(job: Job) -> None:
    """Clean the text of a submission, and the contributor's answer to a request for changes.

    The text becomes revision 1, the answer a later revision.
    """
    submission_id = submission_of(job)
    _screen_words(submission_id)
    _screen_answer(submission_id)


def _screen_words(submission_id: uuid.UUID) -> None:
    with transaction() as session:
        raw, phrases = screening.raw_words(session, submission_id), phrase_list.phrases(session)
    if raw is None:
        return
    sent = document_texts.read(submission_id, raw)
    words = clean_words(raw.words, sent)
    words = replace(words, traits=traits(words.title, words.html, phrases))
    with transaction() as session:
        screening.text_cleaned(session, submission_id, words)
    if sent:
        document_texts.delete(submission_id)


def _screen_answer(submission_id: uuid.UUID) -> None:
    """Clean the answer of a submission that is not cleaned yet.

    There is at most one such answer, because the next answer is accepted only after an editor's review.
    """
    with transaction() as session:
        found = answer_screening.raw_answer(session, submission_id)
    if found is None:
        return
    answer_id, raw = found
    clean = clean_answer(raw)
    with transaction() as session:
        answer_screening.answer_cleaned(session, submission_id, answer_id, clean)


def clean_words(raw: dict[str, Any], sent: DocumentText | None = None) -> screening.CleanWords:
    """Clean title, text, name, captions and credits. `raw` is the JSON of `NewSubmission.raw`.

    `sent` is a document whose text follows the typed text.

    If cleaning the text takes too much time or memory, it becomes plain text and the report has `too_long`.
    """
    body = sandboxed.clean(raw["body"], format=raw["format"])
    place = {}
    if sent and sent.html:
        typed, body = body, document_texts.joined(body, sent)
        place = {"typed_chars": len(typed.html)} if body.html.startswith(typed.html) else {}
    too_long = {"too_long": True} if body.too_long else {}
    title, name = cleaned_line(raw["title"]), cleaned_line(raw["print_name"])
    photos = {
        key: (cleaned_line(p["caption"]), cleaned_line(p["credit"])) for key, p in raw["photos"].items()
    }
    lines = [title, name, *(one for pair in photos.values() for one in pair)]
    language = _language(raw, body, lines)
    return screening.CleanWords(
        title=title.text,
        html=body.html,
        words=body.words,
        print_name=name.text,
        photos={key: (caption.text, credit.text) for key, (caption, credit) in photos.items()},
        report={
            **_report(body, lines),
            "fallback": body.fallback,
            **too_long,
            **language.report,
            **(sent.report if sent else {}),
            **place,
        },
        language=language.stored,
        pictures=sent.pictures if sent else [],
    )


def clean_answer(raw: dict[str, Any]) -> answer_screening.CleanAnswer:
    """Clean text, captions and message of an answer. `raw` is the JSON of `AnswerDraft.raw`."""
    words = clean_words({**raw, "print_name": ""})
    return answer_screening.CleanAnswer(words, clean_lines(raw["message"]).strip())


def _language(raw: dict[str, Any], body: CleanText, lines: Iterable[Cleaned]) -> LanguageChoice:
    """Choose the language to store. An answer, and a text from before the choice became optional, have no `language`."""
    if "language" not in raw:
        return LanguageChoice("")
    told = Told(body.language, body.language_sure) if body.language else None
    if told is None:
        told = sandboxed.tell_language(" ".join([*(line.text for line in lines), body.text]))
    return language_choice.choose(raw["language"], told)


def _report(body: CleanText, lines: Iterable[Cleaned]) -> dict[str, Any]:
    """Report on the cleaning of all fields: the sums of removed items, and the flags of any field."""
    removed, flags = Counter(body.removed), dict.fromkeys(body.flags)
    for one in lines:
        removed += one.removed
        flags |= dict.fromkeys(one.flags)
    return {"removed": dict(removed), "flags": list(flags)}


def clean_photo(job: Job) -> None:
    """Clean a photo, store its copies, then delete the original. Every step may be repeated.

    File names depend on the photo's id only, so a second run overwrites the files of the first. The original
    is deleted in every run, because a worker may die between the commit and the deletion.
    """
    with transaction() as session:
        raw = screening.raw_photo(session, photo_of(job))
        recipients = holders.keys(session) if raw.photo.original_until else []
    if raw.key:
        _clean(job, raw, raw.key, keeping.prepare(raw.photo, raw.key, recipients))
    files().delete(raw.photo.quarantine_name)


def failed_so_before(job: Job) -> bool:
    """Return whether the previous attempt failed with one of RETRIED_REASONS.

    The number of attempts would not show this: earlier attempts may have failed by a killed worker or a full
    disk.
    """
    return job.error in _RETRIED_ERRORS


def _clean(job: Job, raw: RawPhoto, key: bytes, sealing: Sealing | None) -> None:
    photo = raw.photo
    try:
        original = _original(job, photo, key)
        page = pages.page_of(photo.notes).number
        copies = photos.clean_photo(
            original,
            page=page,
            max_pages=raw.max_pages if page == 1 else None,
            max_side=settings().photo_max_side or None,
        )
        _store(job, photo, copies, original, key, sealing)
    except PhotoRefused as refusal:
        if refusal.reason in RETRIED_REASONS and not failed_so_before(job):
            raise
        with transaction() as session:
            screening.photo_refused(session, photo.id, refusal.reason, refusal.notes)


def _store(
    job: Job, photo: Photo, copies: photos.CleanPhoto, original: bytes, key: bytes, sealing: Sealing | None
) -> None:
    """Store the copies, and the original once more for each further page, which then waits for its own cleaning.

    `sealing` says how the original is sealed, if it is kept.
    """
    report_stage(job, "writing copies")
    for size in SIZES:
        files().put(photo.clean_name(size), getattr(copies, size), key)
    following = [
        Photo(id=pages.photo_id(photo.id, number), submission_id=photo.submission_id).quarantine_name
        for number in pages.page_of(copies.notes).following
    ]
    for name in following:
        files().put(name, original, key)
    stored = [photo.clean_name(size) for size in SIZES] + following
    if sealing:
        files().put(sealing.name, original, sealing.key)
    try:
        with transaction() as session:
            kept = screening.photo_cleaned(session, photo.id, copies, sealing)
            is_sealed = sealing is not None and keeping.is_kept(session, photo.id, sealing.number)
    except (PhotoRefused, NotFound):
        _delete(stored + ([sealing.name] if sealing else []))
        raise
    if not kept:
        _delete(stored)
    if sealing and not is_sealed:
        files().delete(sealing.name)


def _original(job: Job, photo: Photo, key: bytes) -> bytes:
    report_stage(job, "decrypting")
    original = files().read(photo.quarantine_name, key)
    report_stage(job, "decoding")
    return original


def _delete(names: list[str]) -> None:
    """Delete what was stored for a photo that was refused or purged in the meantime."""
    for name in names:
        files().delete(name)
