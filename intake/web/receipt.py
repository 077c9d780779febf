"""The way back in. The receipt travels in bodies, never in addresses, headers or cookies."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake import receipts
from intake.actions.errors import NotFound
from intake.actions.withdraw import withdraw as withdraw_submission
from intake.db import transaction
from intake.lifecycle import GONE, IllegalMove
from intake.queries.receipt import receipt_page
from intake.web.access import public
from intake.web.contribute import bp
from intake.web.forms.contribute import ReceiptForm

__all__ = ["bp"]

NOT_KNOWN = "We do not know this receipt. Please look at it once more: it has 16 letters and digits."
NOT_SURE = "Please tick the box to say that you are sure. Nothing has been deleted."
TOO_LATE = "It cannot be withdrawn any more. Nothing has been deleted."


@bp.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """Where a receipt is typed."""
    return render_template("contribute/receipt.html", form=ReceiptForm(formdata=None), problems=[])


@bp.post("/receipt")
@public
def status() -> ResponseReturnValue:
    """What became of a submission, in one answer."""
    return _status_page(ReceiptForm())


def _status_page(sent: ReceiptForm, problem: str = "", code: int = 200) -> ResponseReturnValue:
    """The page of a receipt, with a problem and its HTTP status where there is one."""
    if not sent.validate():
        return render_template("contribute/receipt.html", form=sent, problems=[]), 422
    canonical = receipts.canonical(sent.receipt.data or "")
    with transaction() as session:
        found = receipt_page(session, canonical) if canonical else None
    if found is None or canonical is None:
        return render_template("contribute/receipt.html", form=sent, problems=[NOT_KNOWN]), 404
    problems = [problem] if problem else []
    return render_template(
        "contribute/status.html", receipt=receipts.grouped(canonical), problems=problems, **vars(found)
    ), code


@bp.post("/receipt/withdrawals")
@public
def withdraw() -> ResponseReturnValue:
    """Take a submission back: everything of it is deleted. A second click finds it gone, as it should be."""
    sent = ReceiptForm()
    if not request.form.get("confirm"):
        return _status_page(sent, NOT_SURE, 422)
    code = receipts.canonical(sent.receipt.data or "")
    try:
        with transaction() as session:
            withdraw_submission(session, code or "")
    except NotFound:
        return _status_page(sent)
    except IllegalMove:
        if not _is_gone(code or ""):
            return _status_page(sent, TOO_LATE, 409)
    return render_template("contribute/withdrawn.html")


def _is_gone(code: str) -> bool:
    with transaction() as session:
        found = receipt_page(session, code)
    return found is not None and found.status in GONE
