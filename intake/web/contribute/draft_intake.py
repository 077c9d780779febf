"""Storage of files that are uploaded to a draft: photos and a document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake import receipts
from intake.db import DatabaseUnavailable, transaction
from intake.errors import LimitReached, NotFound
from intake.models import Photo
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import gettext_noop
from intake.settings import Settings
from intake.storage import files
from intake.submissions import draft, draft_photos
from intake.submissions.submit import PhotoDraft, document_file
from intake.web.contribute import submission_intake
from intake.web.contribute.uploads import Discard, FileStream, PhotoStream, Upload
from intake.web.language import gettext, translator

if TYPE_CHECKING:
    import uuid

AWAY = "away"
"""Reason to refuse a file: there is no such draft, or the database does not answer."""
REPEATED = "repeated"
"""Reason to refuse a file: the same file is already stored in the draft."""


FULL = gettext_noop("Photo %(number)d was not added: a story may have %(most)d photos.")
REFUSED = gettext_noop("Photo %(number)d was not added. %(why)s")
NOT_STORED = gettext_noop("The file could not be stored just now. Please choose it again.")


class DraftUpload(Upload):
    """Files for a draft. The form fields `receipt` and `upload` must precede the files.

    `upload` is a one-time token of the page, so that a file that is sent twice is stored once.
    `words` are the text fields that have been read so far, as (name, value). It grows while the body is read.
    """

    def __init__(self, settings: Settings, announced: int | None, words: list[tuple[str, str]]) -> None:
        super().__init__(settings, announced)
        self._words = words
        self._found: bool | None = None
        self._known: frozenset[uuid.UUID] = frozenset()

    def open_file(self, field: str, file_name: str) -> Discard:
        """Return the target of the next file. Refuses the file if there is no such draft."""
        if self._found is None:
            self._found = self._find()
        target = super().open_file(field, file_name)
        if isinstance(target, FileStream) and not self._found:
            target.refuse(AWAY)
        return target

    def _open_photo(self, field: str) -> FileStream:
        stream = super()._open_photo(field)
        stream.id = draft_photos.photo_id(
            self.key, f"{dict(self._words).get('upload', '')} {len(self._streams)}"
        )
        if stream.id in self._known:
            stream.refuse(REPEATED)
        return stream

    def _finish(self, streams: Sequence[FileStream]) -> None:
        """Finish the files. Refuses all files if the draft and its folder were deleted in the meantime."""
        try:
            super()._finish(streams)
        except FileNotFoundError:
            for stream in self._all:
                stream.refuse(AWAY)

    def discard(self) -> None:
        """Delete the files of this request, except those that were stored by an earlier request."""
        self._streams = [stream for stream in self._streams if stream.reason != REPEATED]
        super().discard()

    def _find(self) -> bool:
        """Look up the draft and copy its id and key. Returns False without a draft.

        Also returns False if the database is unavailable, as an error would stop the reading of the body.
        """
        code = receipts.canonical(dict(self._words).get("receipt", ""))
        try:
            with transaction() as session:
                submission = draft.opened(session, code or "")
                self.id, self.key = submission.id, submission.key
                self._known = frozenset(photo.id for photo in submission.photos)
        except (DatabaseUnavailable, NotFound):
            return False
        return True


def keep(upload: DraftUpload, receipt: str, settings: Settings) -> list[str]:
    """Add the files of a request to their draft. Returns a sentence for each that was not added.

    Raises NotFound if the draft was sent or deleted meanwhile.
    """
    upload.finish()
    if over := submission_intake.exceeded_limit(upload, settings):
        upload.discard()
        return [over]
    # The document preceded the field `receipt` in the body, so its draft was unknown. An earlier document stays.
    is_lost = any(stream.reason == AWAY for stream in upload.documents)
    refused = gettext(NOT_STORED) if is_lost else submission_intake.document_problem(upload)
    problems = [refused] * bool(refused)
    upload.hand_over()
    for number, stream in enumerate(upload.streams, start=1):
        problems += _keep_photo(receipt, stream, number, settings)
    if upload.documents and not is_lost:
        _keep_document(receipt, None if refused else upload.documents[0].name)
    return problems


def _keep_document(receipt: str, ending: str | None) -> None:
    """Record that a document with this file name ending is stored. If `ending` is None, delete the document."""
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        draft.set_document(session, submission, ending)
        name = document_file(submission.id)
    if ending is None:
        files().delete(name)


def remove_document(receipt: str) -> None:
    """Delete the document of a draft. Raises NotFound."""
    _keep_document(receipt, None)


def _keep_photo(receipt: str, stream: PhotoStream, number: int, settings: Settings) -> list[str]:
    if stream.reason == REPEATED:
        return []
    if stream.reason:
        why = (
            gettext(NOT_STORED) if stream.reason == AWAY else why_and_what_to_do(stream.reason, translator())
        )
        return [gettext(REFUSED, number=number, why=why)]
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        try:
            draft_photos.add(session, submission, PhotoDraft(stream.id))
        except LimitReached:
            files().delete(Photo(id=stream.id, submission_id=submission.id).quarantine_name)
            return [gettext(FULL, number=number, most=settings.max_photos)]
    return []
