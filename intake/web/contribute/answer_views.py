"""View that receives a contributor's answer to a request for changes."""

import logging

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake import receipts
from intake.db import DatabaseUnavailable, transaction
from intake.errors import EmptyAnswer
from intake.lifecycle import IllegalMove
from intake.plurals import gettext_noop
from intake.submissions.answer import was_answered
from intake.submissions.receipt_page import receipt_page
from intake.submissions.submit import PhotoDraft
from intake.web.access import public
from intake.web.contribute import answer_intake, form_tokens, photo_rows, submission_intake
from intake.web.contribute.answer_intake import AnswerUpload
from intake.web.contribute.form import AWAY, EXPIRED, bp
from intake.web.contribute.photo_rows import limits, rows
from intake.web.contribute.receipt import Shown, kept_words, status_page
from intake.web.contribute.request import intake_request
from intake.web.current import config
from intake.web.forms.answer import AnswerForm, LetterForm
from intake.web.language import gettext, translator

__all__ = ["bp", "try_again"]

log = logging.getLogger(__name__)

EMPTY = gettext_noop(
    "Nothing has changed yet. Please write something, change the text, or add or leave out a photo."
)
NOT_ASKED = gettext_noop(
    "Nothing was sent: your story has gone on meanwhile, and no changes are asked for any more."
    " What you typed stands below."
)


@bp.post("/receipt/answers")
@public
def answer() -> ResponseReturnValue:
    """Store an answer and show a confirmation.

    A repeated POST stores nothing and shows the confirmation again.
    """
    upload = intake_request().expect_more_photos(config())
    try:
        return _answer(upload, AnswerForm(config(), formdata=request.form))
    except DatabaseUnavailable:
        log.error("the database does not answer")
        upload.discard()
        # Keep the form's token. If the answer was stored before the error, sending it again stores nothing more.
        return try_again(answer=AnswerForm(config(), formdata=request.form))
    except BaseException:
        upload.discard()
        raise


def _answer(upload: AnswerUpload, sent: AnswerForm) -> ResponseReturnValue:
    code = receipts.canonical(sent.receipt.data or "") or ""
    token = form_tokens.form_request_hash(sent.token.data or "", code)
    with transaction() as session:
        before = token is not None and was_answered(session, token)
        found = receipt_page(session, code, translator())
    if before or found is None:
        upload.discard()
        return _answered(code, [], repeated=True) if before else status_page(Shown())
    photos = submission_intake.photos(upload, request.form)
    if not found.may_answer or upload.nowhere:
        return _too_late(upload, sent)
    left_out = answer_intake.positions(request.form.getlist("leave_out"))
    over = submission_intake.exceeded_limit(upload, config()) or answer_intake.too_many(
        found, left_out, photos, config()
    )
    problems = [over] if over else []
    if not sent.validate() or problems or submission_intake.too_long(request.form) or token is None:
        return _again(upload, sent, [*problems, *[gettext(EXPIRED)] * (token is None)], 413 if over else 422)
    try:
        taken = answer_intake.take_in(upload, code, answer_intake.draft(sent, token, photos, left_out))
    except EmptyAnswer:
        return _again(upload, sent, [gettext(EMPTY), *_refusals(photos)], 422)
    except IllegalMove:
        return _too_late(upload, sent)
    return _answered(code, photos if taken else [], repeated=not taken)


def _again(upload: AnswerUpload, sent: AnswerForm, problems: list[str], code: int) -> ResponseReturnValue:
    upload.discard()
    sent.token.data = form_tokens.issue()
    return status_page(Shown(problems, code, answer=sent))


def _too_late(upload: AnswerUpload, sent: AnswerForm) -> ResponseReturnValue:
    """Tell the contributor that the desk no longer expects an answer, and keep what was typed.

    The message can still be sent. The changed text can no longer be stored, only copied from the page.
    """
    upload.discard()
    typed = kept_words(sent.title.data or "", sent.body.data or "")
    words = {"token": form_tokens.issue(), "letter": sent.message.data}
    message = LetterForm(formdata=None, data=words)
    return status_page(Shown([gettext(NOT_ASKED)], 409, message=message, kept=typed))


def _answered(code: str, photos: list[PhotoDraft], *, repeated: bool) -> str:
    return render_template(
        "contribute/answered.html",
        receipt=receipts.grouped(code),
        refused=_refusals(photos),
        repeated=repeated,
    )


def _refusals(photos: list[PhotoDraft]) -> list[str]:
    """Return a sentence for each new photo that was refused: the reason and what to do."""
    return [photo_rows.refusal(i, photo.reason) for i, photo in enumerate(photos, start=1) if photo.reason]


def try_again(*, answer: AnswerForm | None = None, message: LetterForm | None = None) -> ResponseReturnValue:
    """Show only the form with its typed text. The rest of the page needs the database, which is down."""
    return render_template(
        "contribute/try_again.html",
        answer=answer, contributor_message=message, receipt=request.form.get("receipt", ""), problems=[gettext(AWAY)], rows=rows(),
        limits=limits(), photos=[], left_out=request.form.getlist("leave_out"),
        with_text=bool(request.form.get("with_text")),
    ), 503  # fmt: skip
