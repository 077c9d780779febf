"""Text and pictures of a document that a contributor sent as the text of a submission."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from intake.documents import sandboxed as reading
from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused
from intake.models import Photo
from intake.settings import settings
from intake.storage import files
from intake.submissions import photo_marks
from intake.submissions.screening import RawWords
from intake.submissions.submit import PhotoDraft, document_file
from intake.text import CleanText, sandboxed

# Mark that a reader leaves where a picture stood.
MARK = re.compile(r"\[picture (\d{1,3})\]")
BETWEEN = "<hr>"
"""Separator between the typed text and the text of the document."""


@dataclass(frozen=True, repr=False)
class DocumentText:
    """Document as a worker read it. `html` is still to be cleaned, and empty if the document was refused.

    `pictures` are stored in quarantine, or refused. `report` becomes a part of the report on the text.
    """

    html: str = ""
    removed: Counter[str] = field(default_factory=Counter)
    pictures: list[PhotoDraft] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)


def read(submission_id: uuid.UUID, raw: RawWords) -> DocumentText | None:
    """Read the document of a submission, and store its pictures in quarantine. Returns None if it has none.

    Every step may be repeated: the ids of the pictures are derived from the id of the submission.
    """
    ending = raw.words.get("document")
    if ending is None:
        return None
    try:
        data = files().read(document_file(submission_id), raw.key)
        is_verse = raw.words["format"] == "verse"
        document = reading.read(data, ending, is_verse=is_verse, max_html_bytes=settings().max_text_bytes)
    except DocumentRefused as refused:
        return DocumentText(report={"document_refused": refused.reason})
    before = len(raw.words["photos"])
    html = MARK.sub(lambda found: photo_marks.mark(before + int(found[1])), document.html)
    pictures = _stored(submission_id, document, raw.key, settings().max_photos - before)
    return DocumentText(html, document.removed, pictures, {"document": document.notes})


def _stored(submission_id: uuid.UUID, document: Document, key: bytes, room: int) -> list[PhotoDraft]:
    pictures = []
    for number, picture in enumerate(document.pictures, start=1):
        photo = Photo(id=uuid.uuid5(submission_id, str(number)), submission_id=submission_id)
        if number > room:
            pictures.append(PhotoDraft(photo.id, reason="too_many_pictures"))
            continue
        files().put(photo.quarantine_name, picture.data, key)
        pictures.append(PhotoDraft(photo.id))
    return pictures


def joined(typed: CleanText, sent: DocumentText) -> CleanText:
    """Clean the text of a document and append it to the typed text, which may be empty."""
    before = f"{typed.html}{BETWEEN}" if typed.html else ""
    both = sandboxed.clean(before + sent.html, format="html")
    return replace(both, removed=dict(Counter(typed.removed) + Counter(both.removed) + sent.removed))


def delete(submission_id: uuid.UUID) -> None:
    """Delete a document that was read. Its text and pictures are stored."""
    files().delete(document_file(submission_id))
