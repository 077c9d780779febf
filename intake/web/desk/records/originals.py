"""Pages to open the unchanged photos of a submission, by two holders together, and the page of a holder's key."""

import uuid
from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.crypto import KeyFault
from intake.db import transaction
from intake.keys.shares import WrongPassphrase
from intake.models import Opening
from intake.models.columns import BIGINT_MAX
from intake.notifications import notify
from intake.notifications.openings import OPENING_ASKED, notify_holders
from intake.originals import ASK_MINUTES, OPEN_MINUTES, holders, keeping, openings
from intake.originals.openings import OpeningRefused, Unlocked
from intake.photos.batch import inspection
from intake.photos.refusal import PhotoRefused
from intake.plurals import desk_noop
from intake.storage import FileDamaged, files
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.originals import OpeningForm, PassphraseForm
from intake.web.fresh import fresh
from intake.web.headers import as_file
from intake.web.language import gettext

ORIGINALS = "/submissions/<uuid:submission_id>/originals"
OPENING = f"{ORIGINALS}/openings/<int(max={BIGINT_MAX}):opening_id>"
ORIGINAL = f"{ORIGINALS}/<uuid:photo_id>"
WRONG = desk_noop("This does not open it. Please compare the passphrase with what you wrote down.")
DAMAGED = desk_noop("This file does not open with the shares: it or they were changed on the server.")
Act = Callable[..., Unlocked]
"""Function of `openings`, `download` or `read`, that decrypts an original's key and records the access."""
UNREADABLE = desk_noop("Its metadata cannot be read: the file is damaged, or too large to look into.")
STATES = {
    "asked": desk_noop("Waits for a second holder"),
    "called_off": desk_noop("Called off"),
    "ended": desk_noop("Opened, over"),
    "lapsed": desk_noop("Nobody agreed in time"),
    "open": desk_noop("Open now"),
    "refused": desk_noop("Request refused"),
}
TRACE_KINDS = {
    "position": desk_noop("Position"),
    "serial_number": desk_noop("Serial number"),
    "name": desk_noop("Name or contact"),
    "second_picture": desk_noop("Companion picture"),
    "video": desk_noop("Hidden video"),
    "thumbnail": desk_noop("Small picture"),
    "date": desk_noop("Date"),
    "camera": desk_noop("Camera"),
    "caption": desk_noop("Caption"),
    "comment": desk_noop("Comment"),
    "provenance": desk_noop("How it was made"),
    "editing": desk_noop("Editing note"),
    "maker_notes": desk_noop("Data of the camera maker"),
    "private_data": desk_noop("Data of a program"),
    "settings": desk_noop("Camera setting"),
    "trailing_bytes": desk_noop("Data behind the picture"),
    "colour_profile": desk_noop("Colour profile"),
    "other": desk_noop("Further data"),
}
"""Kind of metadata (a key of `metadata_report.KINDS`) → its name in the table."""


@bp.app_template_global("originals_of")
def originals_of(submission_id: uuid.UUID) -> date | None:
    """Return the last day on which unchanged photos of a submission are kept, or None."""
    with reading() as session:
        return keeping.sealed_until(session, submission_id)


@bp.get(ORIGINALS, endpoint="originals")
@requires("original.open")
def show_originals(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of the unchanged photos that are kept, and of the requests to open them."""
    return _page(submission_id)


@bp.post(ORIGINALS)
@requires("original.open")
def ask_for_originals(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Ask to open the unchanged photos. Another holder has to agree."""
    form = OpeningForm()
    if not form.validate():
        return _page(submission_id, form), 422
    try:
        with transaction() as session:
            asked = openings.ask(
                session, submission_id, current_user, form.passphrase.data or "", form.reason.data or ""
            )
            notify_holders(session, asked)
    except WrongPassphrase:
        form.passphrase.errors = [gettext(WRONG)]
        return _page(submission_id, form), 422
    except KeyFault:
        flash(gettext(DAMAGED), "warn")
        return _page(submission_id, form), 409
    except OpeningRefused as error:
        flash(gettext(str(error)), "warn")
        return _page(submission_id, form), 409
    flash(
        gettext(
            "You have asked. All who can agree are notified. Without an answer, the request ends after %(minutes)s minutes.",
            minutes=ASK_MINUTES,
        ),
        "success",
    )
    return redirect(url_for("desk.originals", submission_id=submission_id), 303)


@bp.post(f"{OPENING}/agreements")
@requires("original.open")
def agree_to_opening(submission_id: uuid.UUID, opening_id: int) -> ResponseReturnValue:
    """Agree to an opening that another holder asked for."""
    form = PassphraseForm()
    if not form.validate():
        return _page(submission_id, answer=form), 422
    try:
        with transaction() as session:
            openings.agree(session, submission_id, opening_id, current_user, form.passphrase.data or "")
            notify.settle(session, submission_id, OPENING_ASKED)
    except WrongPassphrase:
        form.passphrase.errors = [gettext(WRONG)]
        return _page(submission_id, answer=form), 422
    except KeyFault:
        flash(gettext(DAMAGED), "warn")
        return _page(submission_id), 409
    except OpeningRefused as error:
        flash(gettext(str(error)), "warn")
        return _page(submission_id), 409
    flash(gettext("Both of you can look now, for %(minutes)s minutes.", minutes=OPEN_MINUTES), "success")
    return redirect(url_for("desk.originals", submission_id=submission_id), 303)


@bp.post(f"{OPENING}/refusals")
@requires("original.open")
def decline_opening(submission_id: uuid.UUID, opening_id: int) -> ResponseReturnValue:
    """Refuse the request of another person, or call off one's own."""
    try:
        with transaction() as session:
            openings.decline(session, submission_id, opening_id, current_user)
            notify.settle(session, submission_id, OPENING_ASKED)
        flash(gettext("Nothing is opened."), "success")
    except OpeningRefused as error:
        flash(gettext(str(error)), "warn")
    return redirect(url_for("desk.originals", submission_id=submission_id), 303)


@bp.post(f"{ORIGINAL}/files")
@requires("original.open")
def download_original(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Send the unchanged file as application/octet-stream, so that no browser displays the image."""
    try:
        data, unlocked = _opened(submission_id, photo_id, openings.download)
    except NotOpened as error:
        return _closed(submission_id, error)
    name = f"unchanged-{str(submission_id)[:8]}-{unlocked.position:02d}.bin"
    return as_file(data, "application/octet-stream", name)


@bp.post(f"{ORIGINAL}/readings")
@requires("original.open")
def read_original(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Page with the metadata of the unchanged file as text. A sandboxed child process parses the file."""
    try:
        data, unlocked = _opened(submission_id, photo_id, openings.read)
    except NotOpened as error:
        return _closed(submission_id, error)
    try:
        traces, problem = inspection.traces(data), ""
    except PhotoRefused:
        traces, problem = [], gettext(UNREADABLE)
    return render_template(
        "desk/original_read.html",
        traces=traces,
        kinds=TRACE_KINDS,
        problem=problem,
        position=unlocked.position,
        **context(load(submission_id)),
    )


class NotOpened(Exception):
    """An original was not opened. The message is a sentence, and `code` an HTTP status."""

    def __init__(self, sentence: str, code: int = 422) -> None:
        super().__init__(sentence)
        self.code = code


def _opened(submission_id: uuid.UUID, photo_id: uuid.UUID, act: Act) -> tuple[bytes, Unlocked]:
    """Return the bytes of an open original. Raises NotFound, NotOpened."""
    form = PassphraseForm()
    if not form.validate():
        raise NotOpened(" ".join(str(error) for errors in form.errors.values() for error in errors))
    try:
        with transaction() as session:
            unlocked = act(session, submission_id, photo_id, current_user, form.passphrase.data or "")
            return files().read(unlocked.file_name, unlocked.key), unlocked
    except WrongPassphrase:
        raise NotOpened(gettext(WRONG)) from None
    except OpeningRefused as error:
        raise NotOpened(gettext(str(error)), 409) from None
    except (KeyFault, FileDamaged, FileNotFoundError):
        raise NotOpened(gettext(DAMAGED), 409) from None


def _closed(submission_id: uuid.UUID, error: NotOpened) -> ResponseReturnValue:
    flash(str(error), "warn")
    return _page(submission_id), error.code


@bp.get("/originals-key", endpoint="originals_key")
@requires("original.open")
def show_key() -> ResponseReturnValue:
    """Page of the logged-in person's own key for unchanged photos."""
    return _key_page()


@bp.post("/originals-key")
@requires("original.open")
@fresh
def make_originals_key() -> ResponseReturnValue:
    """Make a key pair, and show its passphrase once."""
    with transaction() as session:
        passphrase = holders.make_key(session, session.merge(current_user, load=False))
    return _key_page(passphrase)


def _key_page(passphrase: str = "") -> str:
    with transaction() as session:
        named = holders.named(session)
    own = next(one for one in named if one.editor_id == current_user.id)
    return render_template(
        "desk/originals_key.html",
        own=own,
        others=[one for one in named if one is not own],
        passphrase=passphrase,
        days=config().original_days,
    )


def _page(
    submission_id: uuid.UUID, form: OpeningForm | None = None, answer: PassphraseForm | None = None
) -> str:
    current = load(submission_id)
    with transaction() as session:
        found = openings.openings(session, submission_id)
        active = next((one for one in found if one.state in {"asked", "open"}), None)
        return render_template(
            "desk/originals.html",
            form=form or OpeningForm(formdata=None),
            answer=answer or PassphraseForm(formdata=None),
            photos_kept=openings.kept(session, submission_id, current_user),
            entrusted=openings.entrusted(session, active) if active and active.state == "asked" else [],
            has_key=holders.own_key(session, current_user) is not None,
            opening=active,
            may_read=active is not None and _is_of(active),
            earlier=[one for one in found if one is not active],
            states=STATES,
            minutes=(ASK_MINUTES, OPEN_MINUTES),
            **context(current),
        )


def _is_of(opening: Opening) -> bool:
    """Return whether the opening is active, and the current user is one of its two holders."""
    return opening.state == "open" and current_user.id in {opening.asked_by, opening.answered_by}
