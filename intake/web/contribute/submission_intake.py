"""Storage of new submissions, shared by the contributor's form and the API."""

import re
from collections.abc import Mapping
from dataclasses import fields

from intake.consent import Consent
from intake.db import transaction
from intake.documents import refusal, sandboxed
from intake.documents.limits import MAX_BYTES
from intake.documents.refusal import DocumentRefused
from intake.errors import AlreadySubmitted
from intake.models.lookup import by_receipt
from intake.plurals import COMMA
from intake.settings import Settings
from intake.storage import files
from intake.submissions.submit import NewSubmission, PhotoDraft, SubmissionText, submit
from intake.web.contribute.uploads import Upload
from intake.web.display import size
from intake.web.forms.contribute import SubmissionForm
from intake.web.forms.fields import CAPTION_CHARACTERS, LINE_CHARACTERS, too_many_characters, value_of
from intake.web.language import gettext, ngettext, translator

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
    """Return why the document cannot be taken and what to do, or "". Only its file type is checked here."""
    for stream in upload.documents:
        if stream.reason:
            return refusal.why_and_what_to_do(stream.reason, translator())
        return stored_document_problem(upload.document_file, upload.key, stream.name)
    return ""


def stored_document_problem(name: str, key: bytes, ending: str) -> str:
    """Return why a stored document cannot be taken and what to do, or "". Only its file type is checked here."""
    try:
        sandboxed.check(files().read(name, key), ending)
    except DocumentRefused as refused:
        return refusal.why_and_what_to_do(refused.reason, translator())
    return ""


def exceeded_limit(upload: Upload, settings: Settings) -> str | None:
    """Return an error message about the limit that the files exceed, or None."""
    if upload.too_much:
        return gettext(
            "Up to %(size)s can be sent at once. Please send fewer photos, or smaller ones.",
            size=size(settings.max_request_bytes),
        )
    if upload.too_many:
        if len(upload.documents) > 1:
            return gettext(
                "One document can be sent at once; these were %(count)s.", count=len(upload.documents)
            )
        return ngettext(
            "Up to %(num)s photo can be sent at once; these were %(chosen)s.",
            "Up to %(num)s photos can be sent at once; these were %(chosen)s.",
            settings.max_photos,
            chosen=len(upload.streams),
        )
    large = [str(s.row or i) for i, s in enumerate(upload.streams, start=1) if s.reason == "too_large"]
    if large:
        return ngettext(
            "Photo %(photos)s is larger than %(size)s. Please send a smaller copy.",
            "Photos %(photos)s are larger than %(size)s. Please send smaller copies.",
            len(large),
            photos=gettext(COMMA).join(large),
            size=size(settings.max_photo_bytes),
        )
    return None


def limits(settings: Settings) -> str:
    """Return all limits in one sentence, for a request that was too large to read."""
    return gettext(
        "Up to %(all)s can be sent at once: up to %(photos)s photos of %(photo)s each, a text of %(text)s, and a document"
        " of %(document)s.",
        all=size(settings.max_request_bytes), photos=settings.max_photos, photo=size(settings.max_photo_bytes),
        text=size(settings.max_text_bytes), document=size(MAX_BYTES),
    )  # fmt: skip


def too_long(sent: Mapping[str, str]) -> dict[str, list[str]]:
    """Return field name → error messages for each caption or credit over its limit."""
    found = {}
    for name, text in sent.items():
        limit = PHOTO_WORDS[name.partition("-")[0]] if PHOTO_FIELD.fullmatch(name) else None
        if limit and len(text) > limit:
            found[name] = [str(too_many_characters(limit))]
    return found


def nothing(body: str, upload: Upload, drafts: list[PhotoDraft]) -> bool:
    """Return whether there is neither a text nor a document nor an accepted photo."""
    return not body.strip() and not upload.documents and all(draft.reason for draft in drafts)


def take_in(
    upload: Upload,
    receipt: str,
    words: SubmissionText,
    drafts: list[PhotoDraft],
    agreed: Consent,
    signals: tuple[str, ...] = (),
    original_days: int | None = None,
) -> bool:
    """Store the submission. Returns False and stores nothing if a submission with this receipt exists.

    `agreed` is the consent text. `signals` are signs of a bot or a person in the request.
    `original_days` are the days for which the unchanged photos may be kept, or None.
    """
    draft = NewSubmission(
        id=upload.id,
        key=upload.key,
        receipt=receipt,
        consent=agreed,
        photos=drafts,
        document=document_ending(upload),
        signals=signals,
        original_days=original_days,
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


def consent_version(receipt: str) -> str:
    """Return the version of the consent text of the submission with this receipt. Empty if there is none."""
    with transaction() as session:
        found = by_receipt(session, receipt)
        return found.consent_version if found else ""


def earlier(receipt: str) -> list[str | None] | None:
    """Return the photos of the submission with this receipt, each as the code of its refusal or None.

    Returns None if no submission has this receipt.
    """
    with transaction() as session:
        found = by_receipt(session, receipt)
        return None if found is None else [photo.reason for photo in found.photos]
