"""The admin's side: is the machinery working, and the levers."""

from itertools import islice

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions import accounts
from intake.actions import pause as pauses
from intake.db import transaction
from intake.queries.machinery import machinery
from intake.queries.people import people as all_people
from intake.queues import QUEUES
from intake.storage import StorageAway, files
from intake.web.access import roles
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.accounts import InvitationForm
from intake.web.forms.admin import PauseForm

bp = Blueprint("admin", __name__, url_prefix="/admin")

BIGINT = 2**63 - 1
QUEUE = f"<any({', '.join(QUEUES)}):queue>"
# S3 lists a thousand files in a tenth of a second, and whoever opens this page waits for it.
MOST_COUNTED = 20_000


@bp.get("/")
@roles("admin")
def overview() -> ResponseReturnValue:
    """One sentence, and the figures behind it."""
    with transaction() as session:
        found = machinery(session)
    return render_template("admin/overview.html", storage=_storage(), **vars(found))


@bp.post(f"/queues/{QUEUE}/pause")
@roles("admin")
def pause(queue: str) -> ResponseReturnValue:
    """Begin no more jobs of a queue."""
    form = PauseForm()
    if not form.validate():
        flash(f"Not paused. {(form.reason.errors or ['Please try again.'])[0]}")
        return redirect(url_for("admin.overview"), 303)
    with transaction() as session:
        paused = pauses.pause(session, queue, form.reason.data or "", current_user)
    flash(f"{queue.capitalize()} is paused." if paused else f"{queue.capitalize()} was paused before.")
    return redirect(url_for("admin.overview"), 303)


@bp.post(f"/queues/{QUEUE}/resume")
@roles("admin")
def resume(queue: str) -> ResponseReturnValue:
    """Let a paused queue go on."""
    with transaction() as session:
        resumed = pauses.resume(session, queue, current_user)
    flash(f"{queue.capitalize()} goes on." if resumed else f"{queue.capitalize()} was not paused.")
    return redirect(url_for("admin.overview"), 303)


@bp.get("/people")
@roles("admin")
def people() -> ResponseReturnValue:
    """Who may use the desk."""
    return _people_page(InvitationForm(formdata=None))


@bp.post("/people")
@roles("admin")
def invite() -> ResponseReturnValue:
    """Add somebody, and show once the link by which they set their password."""
    form = InvitationForm()
    if not form.validate():
        return _people_page(form), 422
    try:
        with transaction() as session:
            added = accounts.add(
                session, email=form.email.data or "", name=form.name.data or "", roles=form.roles.data or [],
                password_hash=None, actor=current_user,
            )  # fmt: skip
            token = accounts.invitation(added)
    except accounts.AddressTaken:
        form.email.errors = ["There is an account with this address."]
        return _people_page(form), 422
    return _people_page(InvitationForm(formdata=None), token)


@bp.post(f"/people/<int(max={BIGINT}):editor_id>/links")
@roles("admin")
def new_link(editor_id: int) -> ResponseReturnValue:
    """For somebody who forgot the password: a new one-time link, shown once; the old password is gone."""
    with transaction() as session:
        token = accounts.invitation(accounts.start_over(session, editor_id, current_user))
    return _people_page(InvitationForm(formdata=None), token)


def _people_page(form: InvitationForm, token: str | None = None) -> str:
    link = config().base_url + url_for("accounts.welcome", token=token) if token else None
    with transaction() as session:
        return render_template("admin/people.html", people=all_people(session), form=form, link=link)


def _storage() -> dict[str, str]:
    """What is said of the storage, by area; `free` only where it tells, and `away` alone where it does not answer."""
    try:
        used = {area: _used(area) for area in ("quarantine", "clean")}
        free = files().free()
    except StorageAway as error:
        return {"away": f"{error} {error.advice}"}
    return used if free is None else used | {"free": size(free)}


def _used(area: str) -> str:
    """The bytes of the files in `area`; of very many, those of the first."""
    listing = files().listing(area)
    counted = size(sum(one.size for one in islice(listing, MOST_COUNTED)))
    return f"more than {counted}" if any(listing) else counted
