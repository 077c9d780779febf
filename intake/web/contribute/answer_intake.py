"""Photos that come with an answer: they go under the id and the key of the submission that they join."""

from collections.abc import Iterable

from intake import receipts
from intake.db import DatabaseUnavailable, transaction
from intake.errors import AlreadySubmitted
from intake.lifecycle import can_move
from intake.messages.conversation import receive_message
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.submissions.answer import AnswerDraft, answer
from intake.submissions.receipt_page import ReceiptPage
from intake.submissions.submit import PhotoDraft
from intake.text import clean_body
from intake.web.contribute.uploads import Discard, PhotoStream, Upload
from intake.web.forms.answer import AnswerForm

NOWHERE = "nowhere"


class AnswerUpload(Upload):
    """Which submission it is, the words tell that stand before the first file: `words` grows as the body is read.

    Where they name none that is asked for an answer, nothing is kept, and `nowhere` is true once there was a file.
    """

    def __init__(self, settings: Settings, announced: int | None, words: list[tuple[str, str]]) -> None:
        super().__init__(settings, announced)
        self._words = words
        self._found: bool | None = None

    def open_file(self, field: str, file_name: str) -> Discard:
        """Where the next file goes."""
        if self._found is None:
            self._found = self._find()
        target = super().open_file(field, file_name)
        if isinstance(target, PhotoStream) and not self._found:
            target.refuse(NOWHERE)
        return target

    def _finish(self, streams: list[PhotoStream]) -> None:
        """Unless the submission was withdrawn and its folder deleted meanwhile."""
        try:
            super()._finish(streams)
        except FileNotFoundError:
            for stream in self.streams:
                stream.refuse(NOWHERE)

    @property
    def nowhere(self) -> bool:
        """Whether photos came that nobody could keep."""
        return self._found is False or any(stream.reason == NOWHERE for stream in self.streams)

    def _find(self) -> bool:
        """In the middle of a body: if the database is away, the words that follow must still be read."""
        code = receipts.canonical(dict(self._words).get("receipt", ""))
        try:
            with transaction() as session:
                submission = by_receipt(session, code) if code else None
                if submission is None or not can_move("answer", submission.status):
                    return False
                self.id, self.key = submission.id, submission.key
        except DatabaseUnavailable:
            return False
        return True


# Digits that a position may have; more are no position of ours.
LONGEST_POSITION = 4


def positions(values: Iterable[str]) -> frozenset[int]:
    """Of photos, as a form names them; what is no number is left aside."""
    return frozenset(int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= LONGEST_POSITION)


def too_many(
    found: ReceiptPage, left_out: frozenset[int], photos: list[PhotoDraft], settings: Settings
) -> str | None:
    """What to do if there would be more photos than a submission may have."""
    new = sum(not photo.reason for photo in photos)
    stay = sum(photo.status == "clean" and photo.position not in left_out for photo in found.photos)
    if not new or stay + new <= settings.max_photos:
        return None
    return (
        f"A story may have {settings.max_photos} photos. {stay} would stay and {new} would be added:"
        " please leave some out, or add fewer."
    )


def draft(
    sent: AnswerForm, token_hash: bytes, photos: list[PhotoDraft], left_out: frozenset[int]
) -> AnswerDraft:
    """The fields of a form that was found valid."""
    return AnswerDraft(
        token_hash=token_hash,
        message=sent.message.data or "",
        title=sent.title.data or "",
        body=sent.body.data or "",
        format=sent.format.data or "plain",
        photos=photos,
        left_out=left_out,
    )


def take_in(upload: AnswerUpload, receipt: str, sent: AnswerDraft) -> bool:
    """Take the answer; False if it was taken before. NotFound, IllegalMove, EmptyAnswer."""
    try:
        with transaction() as session:
            answer(session, receipt, sent)
            upload.hand_over()
    except AlreadySubmitted:
        upload.discard()
        return False
    return True


def take_letter(receipt: str, token_hash: bytes, typed: str) -> None:
    """Clean and keep a message, once. NotFound, IllegalMove, LimitReached."""
    body = clean_body(typed, format="plain").text.strip()
    try:
        with transaction() as session:
            receive_message(session, receipt, token_hash, body)
    except AlreadySubmitted:
        pass  # A second click: it is there.
