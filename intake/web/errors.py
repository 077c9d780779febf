"""Pages for what went wrong: plain words, and what to do. Machines get a problem document (RFC 9457)."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from intake.actions.errors import NotFound
from intake.db import DatabaseAway
from intake.web.problems import API_PREFIX, problem

log = logging.getLogger(__name__)

# Code → title, what happened, what to do.
PAGES = {
    400: ("That request was not complete", "Something in it was missing or could not be read.", "Go back, load the page again, and try once more."),
    403: ("Not for this account", "Your account has no role that may do this.", "Ask your administrator, or log in with another account."),
    404: ("Nothing here", "There is no such page, or it is gone.", "Look at the address once more, or start from the first page."),
    405: ("Not this way", "This address does not answer to that kind of request.", "Start from the first page."),
    413: ("That was too much to send at once", "What you sent is larger than this page takes.", "Go back: what you typed is still in the form. Shorten it, and send again."),
    415: ("Not in this form", "The request was not written in a way that we read.", "Send it as multipart/form-data."),
    429: ("Too many at once", "More requests came than we can answer.", "Wait a minute, then try again."),
    500: ("Something broke on our side", "Nothing you did caused this, and it has been noted.", "Go back and try again. If it happens once more, please wait an hour."),
    503: ("We cannot answer just now", "A part of our machinery is being restarted.", "Wait a minute, then load this page again. What you typed is safe in the form if you go back."),
}  # fmt: skip
EXPIRED = (
    "This page was open for too long",
    "Its form belongs to a session that has ended.",
    "Go back, copy what you typed, load the page again and send it once more.",
)


def init_app(app: Flask) -> None:
    """Every error becomes a page or a problem document."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(DatabaseAway, _database_away)
    app.register_error_handler(Exception, _broken)


def page(code: int, words: tuple[str, str, str] | None = None) -> ResponseReturnValue:
    """The page, or the problem document, of an HTTP status."""
    title, message, advice = words or PAGES.get(code, PAGES[400 if code < 500 else 500])
    if request.path.startswith(API_PREFIX):
        return problem(code, title, f"{message} {advice}")
    return render_template("errors/error.html", code=code, title=title, message=message, advice=advice), code


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    return page(error.code)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return page(400, EXPIRED)


def _not_found(_error: NotFound) -> ResponseReturnValue:
    return page(404)


def _database_away(_error: DatabaseAway) -> ResponseReturnValue:
    log.error("the database does not answer")
    return page(503)


def _broken(error: Exception) -> ResponseReturnValue:
    """The log says where, never what: a message may quote a contributor."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"
    log.error("%s in %s at %s", type(error).__name__, request.endpoint, where)
    return page(500)
