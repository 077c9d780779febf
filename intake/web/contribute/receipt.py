"""Receipt page: status of a submission.

Pages send receipts in bodies only, never in URLs, headers or cookies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake import receipts
from intake.db import transaction
from intake.errors import NotFound
from intake.lifecycle import GONE, UNSENT, IllegalMove
from intake.models.lookup import locked_by_receipt
from intake.originals import keeping
from intake.photos import receipt_image
from intake.plurals import COMMA, gettext_noop
from intake.retention import holds
from intake.submissions import removal
from intake.submissions.receipt_page import ReceiptPage, offered_text, receipt_page
from intake.web.access import public
from intake.web.contribute import draft_show, form_tokens
from intake.web.contribute.form import bp
from intake.web.contribute.photo_rows import limits, rows
from intake.web.current import config
from intake.web.deleted import traces
from intake.web.forms.answer import AnswerForm, LetterForm
from intake.web.forms.contribute import ReceiptForm
from intake.web.headers import as_file
from intake.web.language import gettext, ngettext, translator

__all__ = ["KeptText", "Shown", "bp", "kept_words", "status_page"]

NOT_KNOWN = gettext_noop("We do not know this receipt. Please compare it once more with what you wrote down.")
NOT_SURE = gettext_noop("Please tick the box to say that you are sure. Nothing has been deleted.")
DESTROYED = gettext_noop("Your unchanged photos are destroyed. Nobody can open them any more.")
IMAGE_NAME = "code.png"
"""File name of the downloaded receipt image. It does not name the magazine, to protect the contributor."""
TOO_LATE = gettext_noop("It cannot be withdrawn any more. Nothing has been deleted.")


@dataclass(frozen=True, repr=False)
class KeptText:
    """Typed text that can no longer be sent, shown to be copied. `id` is its field's name, `rows` its height."""

    id: str
    label: str
    text: str
    rows: int


def kept_words(title: str, body: str) -> list[KeptText]:
    """Return a typed title and text that can no longer be saved."""
    return [KeptText("title", gettext("Title"), title, 3), KeptText("body", gettext("Text"), body, 8)]


@dataclass
class Shown:
    """Parts of the receipt page that depend on the request: error messages, HTTP status and filled forms.

    `kept` has typed texts that can no longer be sent. `done` is a confirmation message.
    """

    problems: Sequence[str] = ()
    code: int = 200
    answer: AnswerForm | None = None
    message: LetterForm | None = None
    kept: list[KeptText] = field(default_factory=list)
    done: str = ""


@bp.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """Page with a form to enter a receipt."""
    return render_template("contribute/receipt.html", form=ReceiptForm(formdata=None), problems=[])


@bp.post("/receipt")
@public
def status() -> ResponseReturnValue:
    """Page with the status of a submission.

    The text is shown only after a click, so that the page shows it to no bystander at once. Everybody with the
    receipt can click. To be changed, it is shown only while an editor asks for changes (form field `with_text`).
    """
    return status_page(Shown())


def status_page(shown: Shown) -> ResponseReturnValue:
    """Render the receipt page for the receipt in this request."""
    sent = ReceiptForm()
    if not sent.validate():
        return render_template("contribute/receipt.html", form=sent, problems=[]), 422
    typed = receipts.read(sent.receipt.data or "")
    canonical = typed.code
    with transaction() as session:
        found = receipt_page(session, canonical, translator()) if canonical else None
    if found and canonical and found.status == UNSENT:
        return draft_show.show(canonical)
    if found is None or canonical is None:
        return render_template("contribute/receipt.html", form=sent, problems=[_unknown(typed)]), 404
    return render_template(
        "contribute/status.html", **vars(found), **_forms(found, canonical, shown),
        traces=traces() if found.status in GONE else [],
    ), shown.code  # fmt: skip


@bp.post("/receipt/images")
@public
def image() -> ResponseReturnValue:
    """Return an image of the receipt in this request, as a download. The receipt is not looked up."""
    code = receipts.canonical(ReceiptForm().receipt.data or "")
    if code is None:
        return status_page(Shown())
    return as_file(
        receipt_image.draw(receipts.grouped(code), receipts.in_digits(code)), "image/png", IMAGE_NAME
    )


def _unknown(typed: receipts.TypedReceipt) -> str:
    """Say that a receipt is unknown, and name one or two groups that were mistyped. More wrong groups are no typing error."""
    if len(typed.wrong) not in {1, 2}:
        return gettext(NOT_KNOWN)
    return ngettext(
        "There is a slip in group %(groups)s of your receipt. Please compare it with what you wrote down.",
        "There are slips in groups %(groups)s of your receipt. Please compare them with what you wrote down.",
        len(typed.wrong),
        groups=gettext(COMMA).join(map(str, typed.wrong)),
    )


def _forms(found: ReceiptPage, canonical: str, shown: Shown) -> dict[str, object]:
    wrong = shown.answer if shown.answer and shown.answer.errors else shown.message
    return {
        "receipt": receipts.grouped(canonical),
        "problems": shown.problems,
        "wrong": wrong,
        "answer": (shown.answer or _answer_form(canonical)) if found.may_answer else None,
        "contributor_message": shown.message
        or LetterForm(formdata=None, data={"token": form_tokens.issue()}),
        "message_open": shown.message is not None,
        "with_text": bool(request.form.get("with_text")),
        "left_out": request.form.getlist("leave_out"),
        "rows": rows() if found.may_answer else [],
        "limits": limits(),
        "kept": [*shown.kept, *_message_too_late(found, shown)],
        "done": shown.done,
    }


def _message_too_late(found: ReceiptPage, shown: Shown) -> list[KeptText]:
    """Return a typed message if it can no longer be sent."""
    if found.may_write or not shown.message:
        return []
    field = shown.message.letter
    return [KeptText("letter", str(field.label.text), field.data or "", 3)]


def _answer_form(canonical: str) -> AnswerForm:
    text: dict[str, object] = {}
    if request.form.get("with_text"):
        with transaction() as session:
            offered = offered_text(session, canonical)
        text = vars(offered) if offered else {}
    return AnswerForm(config(), formdata=None, data={"token": form_tokens.issue(), **text})


@bp.post("/receipt/originals")
@public
def destroy_originals() -> ResponseReturnValue:
    """Destroy the unchanged photos of a submission at once. A repeated request succeeds too."""
    code = receipts.canonical(ReceiptForm().receipt.data or "") or ""
    try:
        with transaction() as session:
            submission = locked_by_receipt(session, code)
            if submission.status in GONE:
                raise NotFound
            keeping.take_back(session, submission)
    except NotFound:
        return status_page(Shown())
    return status_page(Shown(done=gettext(DESTROYED)))


@bp.post("/receipt/withdrawals")
@public
def withdraw() -> ResponseReturnValue:
    """Withdraw a submission, which deletes its text and photos. A repeated request succeeds too."""
    code = receipts.canonical(ReceiptForm().receipt.data or "")
    if not request.form.get("confirm"):
        return status_page(Shown([gettext(NOT_SURE)], 422))
    try:
        with transaction() as session:
            held_until = holds.held_until(session, removal.withdraw(session, code or "").id)
    except NotFound:
        return status_page(Shown())
    except IllegalMove:
        gone = _gone(code or "")
        if gone is None:
            return status_page(Shown([gettext(TOO_LATE)], 409))
        held_until = gone.held_until
    return render_template(
        "contribute/withdrawn.html", held_until=held_until, traces=None if held_until else traces()
    )


def _gone(code: str) -> ReceiptPage | None:
    """Return the page of a submission that is withdrawn or purged, or None."""
    with transaction() as session:
        found = receipt_page(session, code)
    return found if found is not None and found.status in GONE else None
