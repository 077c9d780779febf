from datetime import UTC, datetime

from markupsafe import Markup

from intake.originals.keeping import OriginalsOnReceipt
from intake.submissions.receipt_page import OfferedText, ReadText, ReceiptMessage, ReceiptPage, SentPhoto
from intake.web.api.public import status
from intake.web.api.public.status import StatusWithText

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FOUND = ReceiptPage(
    status="in_review",
    received_at=NOW,
    about_text=["Removed from your text: a comment."],
    read_text=ReadText(Markup("<p>a</p>"), "en"),
    photos=[SentPhoto(1, "A door", "clean", "", "", "")],
    messages=[ReceiptMessage("Hello", NOW, mine=True), ReceiptMessage("Yes?", NOW, mine=False)],
    may_withdraw=True,
    may_answer=False,
    may_write=True,
    usual_days=None,
    deletes_on=None,
    contact_deleted_on=None,
    held_until=None,
    steps=[],
    originals=OriginalsOnReceipt(None, []),
)


def test_texts_are_there_if_they_are_asked_for() -> None:
    text = OfferedText("Title", "a", "plain", "en")
    without, with_text = (
        status.answer(FOUND, None, with_text=False),
        status.answer(FOUND, text, with_text=True),
    )
    assert (without.read_text, isinstance(without, StatusWithText)) == (None, False)
    assert isinstance(with_text, StatusWithText)
    assert (with_text.read_text, with_text.text) == (FOUND.read_text, text)
    assert with_text.about_text == FOUND.about_text


def test_messages_say_who_wrote_them() -> None:
    told = status.answer(FOUND, None, with_text=False)
    assert [(one.from_, one.body) for one in told.messages] == [("you", "Hello"), ("desk", "Yes?")]
    assert [(photo.position, photo.status) for photo in told.photos] == [(1, "clean")]
