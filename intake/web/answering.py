"""What the page of a receipt and the API have in common: an answer with photos is taken in, once."""

from collections.abc import Iterable

from intake.db import transaction
from intake.errors import AlreadySubmitted
from intake.messages.conversation import hear
from intake.settings import Settings
from intake.submissions.answer import AnswerDraft, answer
from intake.submissions.receipt_page import ReceiptPage
from intake.submissions.submit import PhotoDraft
from intake.text import clean_body
from intake.web.answer_upload import AnswerUpload
from intake.web.forms.answer import AnswerForm

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
    """Clean and keep a message, once. NotFound, IllegalMove, TooMany."""
    body = clean_body(typed, format="plain").text.strip()
    try:
        with transaction() as session:
            hear(session, receipt, token_hash, body)
    except AlreadySubmitted:
        pass  # A second click: it is there.
