"""Storage of new submissions, shared by the contributor's form and the API."""

import re
from collections.abc import Mapping
from dataclasses import fields

from intake import consent
from intake.db import transaction
from intake.documents import sandboxed
from intake.documents.limits import MAX_BYTES
from intake.documents.refusal import DocumentRefused
from intake.errors import AlreadySubmitted
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.storage import files
from intake.submissions.submit import NewSubmission, PhotoDraft, SubmissionText, submit
from intake.web.contribute.uploads import Upload
from intake.web.display import size
from intake.web.forms.contribute import SubmissionForm
from intake.web.forms.fields import CAPTION_CHARACTERS, LINE_CHARACTERS, value_of

# Text field of a photo → largest number of characters.
PHOTO_WORDS = {"caption": CAPTION_CHARACTERS, "credit": LINE_CHARACTERS}
PHOTO_FIELD = re.compile(r"(caption|credit)-[1-9][0-9]{0,2}")


def words(sent: SubmissionForm) -> SubmissionText:
    """Return the text and details of a valid form."""
    return SubmissionText(**{one.name: value_of(sent[one.name]) for one in fields(SubmissionText)})


def photos(upload: Upload, sent: Mapping[str, str]) -> list[PhotoDraft]:
    """Finish the files. Returns them with caption and credit, in the order of the form's rows."""
    upload.finish()
    return [
        PhotoDraft(
            stream.id,
            sent.get(f"caption-{stream.row}", ""),
            sent.get(f"credit-{stream.row}", ""),
            stream.reason,
        )
        for stream in upload.streams
    ]


def document_ending(upload: Upload) -> str | None:
    """Return the ending of the document's file name, or None if no document was sent. See `NewSubmission`."""
    return next((stream.name for stream in upload.documents), None)


def document_problem(upload: Upload) -> str:
    """Return why the document cannot be taken and what to do, or "". Only its type is determined here."""
    for stream in upload.documents:
        if stream.reason:
            return DocumentRefused(stream.reason).sentence
        return stored_document_problem(upload.document_file, upload.key, stream.name)
    return ""


def stored_document_problem(name: str, key: bytes, ending: str) -> str:
    """Return why a stored document cannot be taken and what to do, or "". Only its type is determined here."""
    try:
        sandboxed.check(files().read(name, key), ending)
    except DocumentRefused as refused:
        return refused.sentence
    return ""


def exceeded_limit(upload: Upload, settings: Settings) -> str | None:
    """Return an error message about the limit that the files exceed, or None."""
    if upload.too_much:
        return f"Up to {size(settings.max_request_bytes)} can be sent at once. Please send fewer photos, or smaller ones."
    if upload.too_many:
        if len(upload.documents) > 1:
            return f"One document can be sent at once; these were {len(upload.documents)}."
        return f"Up to {settings.max_photos} photos can be sent at once; these were {len(upload.streams)}."
    large = [str(s.row or i) for i, s in enumerate(upload.streams, start=1) if s.reason == "too_large"]
    if large:
        return f"Photo {', '.join(large)} is larger than {size(settings.max_photo_bytes)}. Please send a smaller copy."
    return None


def limits(settings: Settings) -> str:
    """Return all limits in one sentence, for a request that was too large to read."""
    return (
        f"Up to {size(settings.max_request_bytes)} can be sent at once: up to {settings.max_photos} photos"
        f" of {size(settings.max_photo_bytes)} each, a text of {size(settings.max_text_bytes)},"
        f" and a document of {size(MAX_BYTES)}."
    )


def too_long(sent: Mapping[str, str]) -> dict[str, list[str]]:
    """Return field name → error messages for each caption or credit over its limit."""
    found = {}
    for name, text in sent.items():
        limit = PHOTO_WORDS[name.partition("-")[0]] if PHOTO_FIELD.fullmatch(name) else None
        if limit and len(text) > limit:
            found[name] = [f"Please keep this to {limit} characters."]
    return found


def nothing(body: str, upload: Upload, drafts: list[PhotoDraft]) -> bool:
    """Return whether there is neither a text nor a document nor an accepted photo."""
    return not body.strip() and not upload.documents and all(draft.reason for draft in drafts)


def take_in(upload: Upload, receipt: str, words: SubmissionText, drafts: list[PhotoDraft]) -> bool:
    """Store the submission. Returns False and stores nothing if a submission with this receipt exists."""
    draft = NewSubmission(
        id=upload.id,
        key=upload.key,
        receipt=receipt,
        consent_version=consent.VERSION,
        photos=drafts,
        document=document_ending(upload),
        **vars(words),
    )
    try:
        with transaction() as session:
            submit(session, draft)
            upload.hand_over()
    except AlreadySubmitted:
        upload.discard()
        return False
    return True


def earlier(receipt: str) -> list[str | None] | None:
    """Return the photos of the submission with this receipt, each as the code of its refusal or None.

    Returns None if no submission has this receipt.
    """
    with transaction() as session:
        found = by_receipt(session, receipt)
        return None if found is None else [photo.reason for photo in found.photos]
