"""Storage of contributors' answers and messages.

Photos of an answer get the id and key of their submission.
"""

from collections.abc import Iterable, Sequence

from intake import receipts
from intake.crypto import KeyFault
from intake.db import DatabaseUnavailable, transaction
from intake.errors import AlreadySubmitted
from intake.lifecycle import can_move
from intake.messages.conversation import receive_message
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.submissions.answer import AnswerDraft, answer
from intake.submissions.receipt_page import ReceiptPage
from intake.submissions.submit import PhotoDraft
from intake.text import clean_lines
from intake.web.contribute.uploads import Discard, FileStream, Upload
from intake.web.current import config
from intake.web.forms.answer import AnswerForm
from intake.web.language import gettext

NOWHERE = "nowhere"


class NoKeyHere(Exception):
    """This web server, for contributors only, has no key to decrypt the submission (`ReceiptPage.is_closed`)."""


class AnswerUpload(Upload):
    """Files of an answer. The form field `receipt` must precede the files and identifies their submission.

    `words` are the text fields that have been read so far, as (name, value). It grows while the body is read.
    If the receipt belongs to no submission that expects an answer, all files are refused and `nowhere` is true.
    """

    takes_document = False

    def __init__(self, settings: Settings, announced: int | None, words: list[tuple[str, str]]) -> None:
        super().__init__(settings, announced)
        self._words = words
        self._found: bool | None = None

    def open_file(self, field: str, file_name: str) -> Discard:
        """Return the target of the next file. Refuses the file if no submission can be answered."""
        if self._found is None:
            self._found = self._find()
        target = super().open_file(field, file_name)
        if isinstance(target, FileStream) and not self._found:
            target.refuse(NOWHERE)
        return target

    def _finish(self, streams: Sequence[FileStream]) -> None:
        """Finish the files.

        Refuses all files if the submission was withdrawn and its folder deleted in the meantime.
        """
        try:
            super()._finish(streams)
        except FileNotFoundError:
            for stream in self.streams:
                stream.refuse(NOWHERE)

    @property
    def nowhere(self) -> bool:
        """Return whether photos arrived for which no submission can be answered."""
        return self._found is False or any(stream.reason == NOWHERE for stream in self.streams)

    def _find(self) -> bool:
        """Look up the submission and copy its id and key. Returns whether it can be answered.

        Returns False if the database is unavailable, because an error would stop the reading of the body.
        """
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


# Largest number of digits of a photo's position.
LONGEST_POSITION = 4


def positions(values: Iterable[str]) -> frozenset[int]:
    """Parse positions of photos. Values that are no numbers of up to LONGEST_POSITION digits are ignored."""
    return frozenset(int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= LONGEST_POSITION)


def too_many(
    found: ReceiptPage, left_out: frozenset[int], photos: list[PhotoDraft], settings: Settings
) -> str | None:
    """Return an error message if the submission would have too many photos with this answer, else None.

    `left_out` has the positions of photos that the answer deletes, `photos` the new photos.
    """
    new = sum(not photo.reason for photo in photos)
    stay = sum(photo.status == "clean" and photo.position not in left_out for photo in found.photos)
    if not new or stay + new <= settings.max_photos:
        return None
    return gettext(
        "A story may have up to %(most)s photos. Photos that would stay: %(stay)s. Photos that would be added: %(new)s."
        " Please leave some out, or add fewer.",
        most=settings.max_photos, stay=stay, new=new,
    )  # fmt: skip


def draft(
    sent: AnswerForm, token_hash: bytes, photos: list[PhotoDraft], left_out: frozenset[int]
) -> AnswerDraft:
    """Build the answer from a valid form."""
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
    """Store the answer. Returns False for a repeated request. Raises NotFound, IllegalMove or EmptyAnswer."""
    try:
        with transaction() as session:
            answer(session, receipt, sent)
            upload.hand_over()
    except AlreadySubmitted:
        upload.discard()
        return False
    return True


def take_message(receipt: str, token_hash: bytes, typed: str) -> None:
    """Clean and store a message. Does nothing if the token was used before.

    Raises NotFound, IllegalMove, LimitReached or NoKeyHere.
    """
    body = clean_lines(typed).strip()
    try:
        with transaction() as session:
            receive_message(session, receipt, token_hash, body)
    except KeyFault:
        if config().is_public_side:
            raise NoKeyHere from None
        raise
    except AlreadySubmitted:
        pass  # The button was clicked twice. The message is stored already.
