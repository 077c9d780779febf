"""Error pages with advice for people. API clients get a problem document (RFC 9457) instead."""

import errno
import logging
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from intake.crypto import KeyFault
from intake.db import DatabaseUnavailable, NoConnection, unavailable_reason
from intake.errors import NotFound
from intake.plurals import desk_noop, gettext_noop
from intake.storage import StorageAway
from intake.web.display import size
from intake.web.language import gettext
from intake.web.limits import Busy

log = logging.getLogger(__name__)

# HTTP status → title, problem, advice. Contributors see these pages too.
PAGES = {
    400: (gettext_noop("That request was not complete"), gettext_noop("Something in it was missing or could not be read."), gettext_noop("Go back, load the page again, and try once more.")),
    403: (desk_noop("Not for this account"), desk_noop("Your account has no role that may do this."), desk_noop("Ask your administrator, or log in with another account.")),
    404: (gettext_noop("Nothing here"), gettext_noop("There is no such page, or it is gone."), gettext_noop("Look at the address once more, or start from the first page.")),
    405: (gettext_noop("Not this way"), gettext_noop("This address does not answer to that kind of request."), gettext_noop("Start from the first page.")),
    408: (gettext_noop("That came too slowly"), gettext_noop("The line stood still for too long, so the request was ended."), gettext_noop("Go back and try once more. What was saved under a receipt is still there.")),
    413: (gettext_noop("That was too much to send at once"), gettext_noop("What you sent is larger than this page takes."), gettext_noop("Go back: what you typed is still in the form. Shorten it, and send again.")),
    415: (gettext_noop("Not in this form"), gettext_noop("The request was not written in a way that we read."), gettext_noop("Send it as multipart/form-data.")),
    429: (desk_noop("Too many attempts"), desk_noop("A wrong password was given too often."), desk_noop("Wait a while, at most a quarter of an hour, then try again.")),
    500: (gettext_noop("Something broke on our side"), gettext_noop("Nothing you did caused this, and it has been noted."), gettext_noop("Go back and try again. If it happens once more, please wait an hour.")),
    503: (gettext_noop("We cannot answer just now"), gettext_noop("A part of our machinery is being restarted."), gettext_noop("Wait a minute, then load this page again. What you typed is safe in the form if you go back.")),
}  # fmt: skip
FULL = {errno.ENOSPC, errno.EDQUOT}
BUSY = (
    gettext_noop("Very busy just now"),
    gettext_noop("More is asked of us at this moment than we can do."),
    gettext_noop(
        "Wait half a minute, then go back and try once more. What was saved under a receipt is still there."
    ),
)
BUSY_SECONDS = 30
EXPIRED = (
    desk_noop("This page was open for too long"),
    desk_noop("Its form belongs to a session that has ended."),
    desk_noop("Go back, copy what you typed, load the page again and send it once more."),
)
NO_KEY = (
    desk_noop("This cannot be opened just now"),
    desk_noop(
        "The key that opens this submission is missing on the server, or it is another one. Nothing is lost while there is a copy of the key."
    ),
    desk_noop("Tell an administrator: `transom keys check` on the server says what is wrong."),
)
NEWSROOM = frozenset({"desk", "desk_api", "feeds", "admin", "admin_api"})
RETRY_SECONDS = 60


def init_app(app: Flask) -> None:
    """Register the error handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(NoConnection, _busy)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(DatabaseUnavailable, _database_unavailable)
    app.register_error_handler(StorageAway, _storage_unavailable)
    app.register_error_handler(KeyFault, _key_missing)
    app.register_error_handler(OSError, _disk_full)
    app.register_error_handler(Exception, _unexpected)


def page(code: int, *words: str) -> Response:
    """Return the error page or problem document of an HTTP status. `words` are title, problem and advice, translated."""
    title, message, advice = words or map(gettext, PAGES.get(code, PAGES[400 if code < 500 else 500]))
    if request.path.startswith(PROGRAMS):
        return problem(code, title, f"{message} {advice}")
    html = render_template("errors/error.html", code=code, title=title, message=message, advice=advice)
    return make_response(html, code)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    answer = page(error.code)
    # A 405 must have the header Allow (RFC 9110, 15.5.6).
    answer.headers.extend((n, v) for n, v in error.get_headers() if not n.startswith("Content-"))
    return answer


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    title, message, advice = map(gettext, PAGES[413])
    limit = request.max_content_length
    if limit:
        message = gettext(
            "What you sent is larger than this page takes. It takes %(size)s.", size=size(limit)
        )
    return page(413, title, message, advice)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return page(400, *map(gettext, EXPIRED))


def _busy(_error: Busy | NoConnection) -> ResponseReturnValue:
    answer = page(503, *map(gettext, BUSY))
    answer.headers["Retry-After"] = str(BUSY_SECONDS)
    return answer


def _not_found(_error: NotFound) -> ResponseReturnValue:
    return page(404)


def _database_unavailable(error: DatabaseUnavailable) -> ResponseReturnValue:
    log.error("%s", unavailable_reason(error))
    return _unavailable(*_for_the_admin(unavailable_reason(error)))


def _for_the_admin(sentence: str) -> tuple[str, ...]:
    """Return title, problem and advice for an error on an admin page. Returns () for other pages.

    Admin pages are recognized by their path, because the role cannot be checked while the database is down.
    """
    if not request.path.startswith("/admin/"):
        return ()
    return (
        PAGES[503][0],
        sentence,
        "Run `transom doctor` on the server. Submissions that have arrived are safe.",
    )


def _storage_unavailable(error: StorageAway) -> ResponseReturnValue:
    log.error("%s", error)  # The message is always written by Transom and contains no user data.
    return _unavailable()


def _key_missing(error: KeyFault) -> ResponseReturnValue:
    """Answer 503 to editors and admins, with the advice about the missing key. Contributors get a plain 500."""
    log.error("%s", error)  # The message names files and key pairs only.
    if g.get("side") == "public" or request.blueprint not in NEWSROOM:
        return page(500)
    return page(503, *map(gettext, NO_KEY))


def _disk_full(error: OSError) -> ResponseReturnValue:
    """Answer 503 for a full disk, so that the contributor tries again later. Other OSErrors get 500."""
    if error.errno not in FULL:
        return _unexpected(error)
    log.error("the disk is full")
    return _unavailable()


def _unavailable(*words: str) -> Response:
    answer = page(503, *words)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Log the file and line of an exception, and answer 500.

    Its message may quote a contributor, so it is not logged.
    """
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"
    log.error("%s in %s at %s", type(error).__name__, request.endpoint, where)
    return page(500)


# Path prefixes that only programs use.
PROGRAMS = ("/api/", "/feeds/")


def problem(status: int, title: str, detail: str, /, **members: Any) -> Response:
    """Build an `application/problem+json` response. `members` are added to its JSON object."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, "detail": detail, **members})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
