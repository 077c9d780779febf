"""Notifications and preferences of an editor."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectMultipleField

from intake.accounts.people import set_language, set_mail_choice, set_preferences
from intake.db import transaction
from intake.notifications.notify import NotificationItem, mark_read, unread, unread_count
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.deleted import traces
from intake.web.desk.blueprint import bp
from intake.web.forms.accounts import PreferencesForm
from intake.web.language import gettext, remember

__all__ = ["bp"]


@bp.get("/me")
@requires("desk.use")
def me() -> ResponseReturnValue:
    """Page of the editor's preferences."""
    names = ("language", "mail", "shortcuts", "spelling", "mail_sections", "mail_languages")
    set_now = {name: getattr(current_user, name) for name in names}
    return render_template(
        "desk/me.html", form=PreferencesForm(current_user, formdata=None, data=set_now), mails=config().mails
    )


@bp.post("/me", endpoint="prefer_so")
@requires("desk.use")
def save_preferences() -> ResponseReturnValue:
    """Save the editor's preferences."""
    form = PreferencesForm(current_user)
    with transaction() as session:
        set_preferences(
            session,
            current_user,
            mail=form.mail.data,
            shortcuts=form.shortcuts.data,
            spelling=form.spelling.data,
        )
        set_language(session, current_user, form.chosen_language)
        set_mail_choice(
            session,
            current_user,
            _offered(form.mail_sections),
            _offered(form.mail_languages),
        )
    current_user.language = form.chosen_language
    remember(form.chosen_language)
    flash(gettext("Your settings are saved."), "success")
    return redirect(url_for("desk.me"), 303)


def _offered(field: SelectMultipleField) -> list[str]:
    """Return the chosen values that the field offers. If all are chosen, return none, which includes future ones."""
    offered = set(field.choices or ())
    chosen = [value for value in field.data or [] if value in offered]
    return [] if len(chosen) == len(offered) else chosen


@bp.get("/for-you")
@requires("notification.read")
def for_you() -> ResponseReturnValue:
    """Page of the unread notifications."""
    with transaction() as session:
        found = unread(session, current_user)
    # A notification without a title is about a deleted submission. The page then lists the traces of deletions.
    gone = traces() if any(not one.title for one in found) else []
    return render_template("desk/for_you.html", notifications=found, traces=gone)


@bp.post("/for-you/seen")
@requires("notification.mark")
def all_seen() -> ResponseReturnValue:
    """Mark all notifications as read."""
    with transaction() as session:
        mark_read(session, current_user)
    return redirect(url_for("desk.for_you"), 303)


@bp.post("/submissions/<uuid:submission_id>/seen")
@requires("notification.mark")
def seen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark the notifications about one submission as read. Redirects to the submission's page."""
    with transaction() as session:
        mark_read(session, current_user, submission_id)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.app_template_global("unseen_count")
def _unseen_count() -> int:
    with reading() as session:
        return unread_count(session, current_user)


@bp.app_template_global("unseen_of")
def _unseen_of(submission_id: uuid.UUID) -> list[NotificationItem]:
    with reading() as session:
        return unread(session, current_user, submission_id)
