"""View that receives a contributor's message to the editors."""

import logging

from flask.typing import ResponseReturnValue

from intake import receipts
from intake.db import DatabaseUnavailable
from intake.errors import LimitReached, NotFound
from intake.lifecycle import IllegalMove
from intake.plurals import gettext_noop
from intake.web.access import public
from intake.web.contribute import answer_intake, form_tokens
from intake.web.contribute.answer_intake import NoKeyHere
from intake.web.contribute.answer_views import NOT_ASKED, try_again
from intake.web.contribute.form import EXPIRED, bp
from intake.web.contribute.receipt import Shown, status_page
from intake.web.forms.answer import LetterForm
from intake.web.language import gettext

__all__ = ["bp"]

log = logging.getLogger(__name__)

TOO_LATE = gettext_noop("Nothing was sent: the story is withdrawn. What you typed stands below.")
ENOUGH = gettext_noop(
    "You have sent many messages today. Please wait until tomorrow; what you typed is still here."
)
SENT = gettext_noop("Your message has arrived. An editor will read it.")


@bp.post("/receipt/messages")
@public
def write() -> ResponseReturnValue:
    """Store a message and show the receipt page. A repeated POST stores nothing more."""
    sent = LetterForm()
    code = receipts.canonical(sent.receipt.data or "") or ""
    token = form_tokens.form_request_hash(sent.token.data or "", code)
    try:
        if not sent.validate() or token is None:
            return _message_again(sent, [gettext(EXPIRED)] * (token is None), 422)
        answer_intake.take_message(code, token, sent.letter.data or "")
    except NotFound:
        return status_page(Shown())
    except IllegalMove:
        return status_page(Shown([gettext(TOO_LATE)], 409, message=sent))
    except NoKeyHere:
        return status_page(Shown([gettext(NOT_ASKED)], 409, message=sent))
    except LimitReached:
        return _message_again(sent, [gettext(ENOUGH)], 429)
    except DatabaseUnavailable:
        log.error("the database does not answer")
        return try_again(message=sent)
    return status_page(Shown(done=gettext(SENT)))


def _message_again(sent: LetterForm, problems: list[str], code: int) -> ResponseReturnValue:
    sent.token.data = form_tokens.issue()
    return status_page(Shown(problems, code, message=sent))
