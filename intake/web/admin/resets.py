"""Admin page of resets that need a second admin or a waiting time."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import people, resets
from intake.db import transaction
from intake.models import Editor
from intake.models.columns import BIGINT_MAX
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.fresh import fresh

RESET = f"/resets/<int(max={BIGINT_MAX}):reset_id>"


@bp.get("/resets", endpoint="resets")
@requires("people.manage")
def list_resets() -> ResponseReturnValue:
    """Page of the open resets, with a form to ask for one."""
    return _page()


@bp.post("/resets", endpoint="ask_reset")
@requires("people.manage")
@fresh
def ask_reset() -> ResponseReturnValue:
    """Ask for the reset of a person's second factors."""
    editor_id = request.form.get("editor", 0, type=int)
    with transaction() as session:
        resets.ask(session, min(editor_id, BIGINT_MAX), current_user, "factor")
    flash("The reset is asked for. The person, the chief editors and the admins are told.")
    return redirect(url_for("admin.resets"), 303)


@bp.post(f"{RESET}/agreement", endpoint="agree_reset")
@requires("people.manage")
@fresh
def agree_reset(reset_id: int) -> ResponseReturnValue:
    """Agree to a reset as the second admin."""
    with transaction() as session:
        resets.agree(session, reset_id, current_user)
    flash("You have agreed. The reset can be done now.")
    return redirect(url_for("admin.resets"), 303)


@bp.post(f"{RESET}/completion", endpoint="finish_reset")
@requires("people.manage")
@fresh
def finish_reset(reset_id: int) -> ResponseReturnValue:
    """Do a reset that is ready. For a password, the page shows a new invitation link once."""
    with transaction() as session:
        token = resets.finish(session, reset_id, current_user)
    if token:
        return _page(config().desk_base_url + url_for("accounts.welcome", token=token))
    flash(
        "The second factors are removed. The person can log in with the password alone and must set up new ones."
    )
    return redirect(url_for("admin.resets"), 303)


@bp.post(f"{RESET}/cancellation", endpoint="call_off_reset")
@requires("people.manage")
def call_off_reset(reset_id: int) -> ResponseReturnValue:
    """Call off a reset."""
    with transaction() as session:
        resets.call_off(session, reset_id, session.get_one(Editor, current_user.id))
    flash("The reset is called off. Everybody concerned is told.")
    return redirect(url_for("admin.resets"), 303)


def _page(link: str | None = None) -> str:
    with transaction() as session:
        return render_template(
            "admin/resets.html",
            resets=resets.open_resets(session),
            people=people.with_factor(session, current_user.id),
            link=link,
            agrees_from=resets.agrees_from(current_user),
        )
