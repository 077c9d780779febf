"""Views of the pages for guests. The database, not the views, decides which link works.

Every answer to a link that is unknown, expired or withdrawn is the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.errors import LimitReached, NotFound
from intake.guests import links, reading
from intake.guests.links import Visit
from intake.guests.reading import GuestPage
from intake.models import ReadingLink
from intake.storage import files
from intake.web.access import public
from intake.web.current import config
from intake.web.errors import page
from intake.web.forms.reading_links import GuestNoteForm
from intake.web.guest.pace import MINUTE, GuestPace
from intake.web.headers import as_file

bp = Blueprint("guest", __name__, url_prefix="/guest")

COOKIE = "transom-guest"
PACE = "guest_pace"
"""Key in `app.extensions` of the GuestPace that counts the requests of guests."""
TOO_FAST = (
    "Too many requests",
    "This page was asked for too often within a minute.",
    "Wait a minute, then load it again.",
)
ENOUGH = "You have left as many notes as one link allows. Please write to the person who sent you the link."


class TooFast(Exception):
    """Too many requests for one link, or with invalid secrets."""


class Elsewhere(Exception):
    """Another browser has opened this link, or nobody has opened it yet."""

    def __init__(self, *, is_opened: bool) -> None:
        super().__init__("this browser has not opened the link")
        self.is_opened = is_opened


@bp.record_once
def _count_requests(state: Any) -> None:
    state.app.extensions[PACE] = GuestPace()


@bp.after_request
def _hide(response: Response) -> Response:
    """Keep the pages out of caches and search engines. `headers` adds the other headers of all pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.errorhandler(NotFound)
def ended(_error: NotFound) -> ResponseReturnValue:
    """Answer 404 with the same page for unknown, expired and withdrawn links, and for photos that are not shown."""
    return render_template("guest/ended.html"), 404


@bp.errorhandler(TooFast)
def too_fast(_error: TooFast) -> ResponseReturnValue:
    """Answer 429, too many requests."""
    answer = page(429, *TOO_FAST)
    answer.headers["Retry-After"] = str(int(MINUTE))
    return answer


@bp.errorhandler(Elsewhere)
def elsewhere(error: Elsewhere) -> ResponseReturnValue:
    """Redirect to the page with the Open button, or answer 403 if another browser has opened the link."""
    if not error.is_opened:
        return redirect(_address(), 303)
    return render_template("guest/elsewhere.html"), 403


@bp.get("/<secret>", endpoint="page")
@public
def show(secret: str) -> ResponseReturnValue:
    """Page with the text. First a page with an Open button, because mail scanners follow links but press no buttons."""
    with _visit(secret, by_reader=False) as visit:
        if visit.link.opened_at is None:
            return render_template("guest/open.html", secret=secret, expires_at=visit.link.expires_at)
        _refuse_others(visit.link)
        links.note_return(visit)
        found = reading.guest_page(visit)
    return _page(secret, found, GuestNoteForm())


@bp.post("/<secret>/openings", endpoint="open")
@public
def open_link(secret: str) -> ResponseReturnValue:
    """Open the link in this browser, which gets a cookie for this link alone."""
    with _visit(secret, lock=True, by_reader=False) as visit:
        value = links.open_link(visit, request.cookies.get(COOKIE, ""))
    if value is None:
        raise Elsewhere(is_opened=True)
    answer = make_response(redirect(_address(), 303))
    answer.set_cookie(
        COOKIE,
        value,
        expires=visit.link.expires_at,
        path=_address(),
        secure=config().secure,
        httponly=True,
        # Strict would not send the cookie when the guest follows the link from a webmail site.
        samesite="Lax",
    )
    return answer


@bp.post("/<secret>/notes", endpoint="note")
@public
def leave_note(secret: str) -> ResponseReturnValue:
    """Store a note of the guest, which the desk sees."""
    form = GuestNoteForm(request.form)
    with _visit(secret, lock=True) as visit:
        found = reading.guest_page(visit)
        if form.validate():
            try:
                reading.leave_note(visit, form.note.data or "")
            except LimitReached:
                form.note.errors = [ENOUGH]
    if form.errors:
        return _page(secret, found, form), 422
    return redirect(url_for("guest.page", secret=secret, _anchor="notes-title"), 303)


@bp.get("/<secret>/photos/<int:position>/<any(web, full):size>")
@public
def photo(secret: str, position: int, size: str) -> ResponseReturnValue:
    """Return a clean photo. The full size needs a link that allows downloads."""
    with _visit(secret) as visit:
        if size == "full" and not visit.link.allows_download:
            raise NotFound
        found = reading.guest_photo(visit, position)
        key, name, kind = visit.submission.key, found.clean_name(size), found.format
    try:
        data = files().read(name, key)
    except FileNotFoundError as error:  # deleted since the query, after a withdrawal
        raise NotFound from error
    return as_file(data, f"image/{kind}", f"photo-{position}.{kind}")


@bp.get("/<secret>/text.txt")
@public
def text(secret: str) -> ResponseReturnValue:
    """Return the text as a file. Needs a link that allows downloads."""
    with _visit(secret) as visit:
        if not visit.link.allows_download:
            raise NotFound
        found = reading.plain_text(reading.guest_page(visit))
    return as_file(found.encode(), "text/plain; charset=utf-8", "text.txt")


@contextmanager
def _visit(secret: str, *, lock: bool = False, by_reader: bool = True) -> Iterator[Visit]:
    """Open a transaction with a valid link. Raises NotFound, TooFast, and with `by_reader` also Elsewhere."""
    pace: GuestPace = current_app.extensions[PACE]
    with transaction() as session:
        try:
            found = links.find_link(session, secret, lock=lock)
        except NotFound:
            if pace.is_exceeded(None):
                raise TooFast from None
            raise
        if pace.is_exceeded(found.link.id):
            raise TooFast
        if by_reader:
            _refuse_others(found.link)
        yield found


def _refuse_others(link: ReadingLink) -> None:
    if not links.is_reader(link, request.cookies.get(COOKIE, "")):
        raise Elsewhere(is_opened=link.opened_at is not None)


def _address() -> str:
    """Return the URL path of this request's link. The link's cookie is limited to this path."""
    return url_for("guest.page", secret=(request.view_args or {})["secret"])


def _page(secret: str, found: GuestPage, form: GuestNoteForm) -> str:
    return render_template("guest/text.html", secret=secret, form=form, guest=found)
