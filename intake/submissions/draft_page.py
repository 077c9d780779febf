"""Page of a draft: its texts as the contributor typed them, with thumbnails of its photos."""

import base64
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from intake.models import Photo, Submission
from intake.originals import keeping
from intake.photos import notes, removed
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import ENGLISH, Translator
from intake.settings import settings
from intake.storage import files
from intake.submissions import draft, draft_photos
from intake.submissions.draft import NO_CAPTION, DraftWords


@dataclass(frozen=True, repr=False)
class DraftPhoto:
    """Photo of a draft. `about` has sentences on what was removed, on the picture, or why it was refused.

    `picture` is a thumbnail as a `data:` URL. It is empty until the photo is clean, and if the page has it already.
    There is no URL for the thumbnail, because anyone who knew such a URL could open the file without the receipt.
    """

    id: uuid.UUID
    number: int
    status: str
    caption: str
    credit: str
    about: list[str]
    picture: str
    width: int
    height: int


@dataclass(frozen=True, repr=False)
class DraftPage:
    """Everything that the page of a draft shows. `room` is how many more photos may be added.

    `original_days` is the number of days for which the originals of photos added from now on are kept, or None.
    `originals_until` is the last day for which originals of the present photos are kept, or None.
    """

    words: DraftWords
    version: int
    document: str | None
    photos: list[DraftPhoto]
    room: int
    deleted_on: datetime | None
    original_days: int | None = None
    originals_until: date | None = None

    @property
    def is_cleaning(self) -> bool:
        """Return whether a photo still waits for its cleaning."""
        return any(photo.status == "received" for photo in self.photos)

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to send: no text, no document, and no photo that was not refused."""
        photos = any(photo.status != "refused" for photo in self.photos)
        return not (self.words.body.strip() or self.document or photos)


def draft_page(
    session: Session,
    receipt: str,
    have: frozenset[str] | None = frozenset(),
    translator: Translator = ENGLISH,
) -> DraftPage:
    """Return the page of the draft with this receipt. Raises NotFound, also if it was sent.

    `have` has the ids of photos whose thumbnails the page has already. With None, all thumbnails are left out. Sentences
    are in the translator's language.
    """
    submission = draft.opened(session, receipt)
    captions = draft.captions(session, submission)
    return DraftPage(
        words=draft.words(session, submission),
        version=submission.version,
        document=draft.document(session, submission),
        photos=[
            _photo(submission, photo, number, captions.get(str(photo.id), NO_CAPTION), have, translator)
            for number, photo in enumerate(draft_photos.shown(submission), start=1)
        ],
        room=draft_photos.room(submission),
        deleted_on=submission.waited_until(timedelta(days=settings().draft_days)),
        original_days=submission.original_days,
        originals_until=keeping.for_contributor(session, submission).until,
    )


def _photo(
    submission: Submission,
    photo: Photo,
    number: int,
    typed: dict[str, str],
    have: frozenset[str] | None,
    translator: Translator,
) -> DraftPhoto:
    told = removed.sentence(photo.removed, translator) if photo.status == "clean" else ""
    sentences = [why_and_what_to_do(photo.reason, translator), notes.sentences(photo.notes, translator), told]
    is_wanted = photo.status == "clean" and have is not None and str(photo.id) not in have
    picture = _thumbnail(submission, photo) if is_wanted else ""
    # A thumbnail has at most 320 pixels on its longer side.
    scale = 320 / max(photo.width or 320, photo.height or 320, 320)
    return DraftPhoto(
        photo.id, number, photo.status, typed["caption"], typed["credit"],
        [sentence for sentence in sentences if sentence], picture,
        round((photo.width or 320) * scale), round((photo.height or 240) * scale),
    )  # fmt: skip


def _thumbnail(submission: Submission, photo: Photo) -> str:
    data = files().read(photo.clean_name("thumb"), submission.key)
    return f"data:image/{photo.format};base64,{base64.b64encode(data).decode()}"
