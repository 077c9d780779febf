"""Admin page of the settings, the history of their versions, and restoring one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.magazine import choices as values
from intake.magazine import chosen, mail_tests, sealed_address, setting_versions, texts
from intake.magazine.choices import ChoiceChange, InvalidChoices
from intake.magazine.setting_versions import ChoiceVersion, StaleChoices
from intake.retention import RULES, preview, steps
from intake.retention.preview import Shortened
from intake.settings import set_by
from intake.submissions.suspicion import phrase_list
from intake.translations import interface
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.forms.magazine.settings import SettingsForm, data, present
from intake.web.fresh import fresh

VERSION = f"/settings/versions/<int(max={setting_versions.MOST_NUMBER}):number>"
DELETING = frozenset({rule.setting for rule in RULES.values()} | {"sections", "hidden_sections"})
"""Settings that decide which data is deleted because of its age."""
SAVED = "Version {number} is saved. It counts everywhere within a few seconds."
SAME = "Nothing has changed."
STALE = (
    "Somebody else has saved the settings since you opened this page. Nothing was saved. Please look again."
)
TYPED: dict[str, Callable[[], ResponseReturnValue]] = {}
"""Endpoint of a form → function that shows the typed values again after a conflict with another admin's save."""
SOURCES = {
    "page": "on the page of settings",
    "assistant": "in the first questions",
    "command": "by command",
    "restored": "by restoring version {number}",
}


@bp.get("/settings", endpoint="settings")
@requires("settings.change")
def show_settings() -> ResponseReturnValue:
    """Page of all settings that admins choose."""
    with transaction() as session:
        newest = setting_versions.current(session)
    return _page(SettingsForm(formdata=None, data=data(now_of(newest), newest.number)))


@bp.post("/settings")
@requires("settings.change")
@fresh
def save_settings() -> ResponseReturnValue:
    """Save all settings as a new version."""
    form = SettingsForm()
    with transaction() as session:
        newest = setting_versions.current(session)
    is_valid = form.validate()
    try:
        typed = form.typed(now_of(newest))
        values.check(typed)
        if not is_valid:
            return _page(form), 422
        chosen_now: dict[str, Any] = {name: text for name, text in typed.items() if name in DELETING}
        after = replace(config(), **chosen_now)
        changed = preview.changed_rules(config(), after)
        with transaction() as session:
            shorter = preview.shortened(session, after, changed)
            confirmed = _confirmed(form, shorter)
            if confirmed is None:
                return _page(form, shorter=shorter), 422
            saved = setting_versions.save(session, current_user, typed, form.version.data or 0)
            if changed:
                steps.adopt(session, after, at_once=changed if confirmed else ())
    except InvalidChoices as error:
        form.show(error.problems)
        return _page(form), 422
    return done(saved, "admin.settings")


def _confirmed(form: SettingsForm, shorter: list[Shortened]) -> bool | None:
    """Return whether shorter retention periods apply without a notice period, or None if the admin must be asked.

    The button states the number of affected submissions. If there are more by now, the admin is asked again.
    """
    answer, _, shown = (form.deletes.data or "").partition("-")
    if not shorter or answer == "notice":
        return False
    most = int(shown) if shown.isdecimal() and len(shown) < 10 else 0
    return True if answer == "now" and most >= _count(shorter) else None


def _count(shorter: list[Shortened]) -> int:
    return sum(one.tonight + one.later for one in shorter)


@bp.get("/settings/history", endpoint="settings_history")
@requires("settings.change")
def show_history() -> ResponseReturnValue:
    """Page of the versions, with what changed in each."""
    with transaction() as session:
        found = setting_versions.versions(session)
    return render_template("admin/settings_history.html", versions=found, sources=SOURCES)


@bp.get(VERSION, endpoint="settings_version")
@requires("settings.change")
def show_version(number: int) -> ResponseReturnValue:
    """Page that says what restoring a version would change, and asks for confirmation."""
    with transaction() as session:
        one = setting_versions.version(session, number)
        newest = setting_versions.current(session)
        after = setting_versions.after_restore(session, number, newest)
    return render_template(
        "admin/settings_version.html",
        version=one,
        newest=newest,
        changes=values.changes(newest.choices, after),
        fixed=fixed(),
        sources=SOURCES,
    )


@bp.post(VERSION)
@requires("settings.change")
@fresh
def restore_version(number: int) -> ResponseReturnValue:
    """Restore a version as a new one. If a newer version exists than the page showed, show the changes again."""
    with transaction() as session:
        based_on = request.form.get("version", type=int) or 0
        saved = setting_versions.restore(session, current_user, number, based_on)
    return done(saved, "admin.settings_history")


@bp.errorhandler(StaleChoices)
def saved_by_other(_error: StaleChoices) -> ResponseReturnValue:
    """Show the typed values beside those that somebody else saved. Pages without typed values are shown again."""
    if request.endpoint in TYPED:
        return TYPED[request.endpoint]()
    flash(STALE, "warn")
    return redirect(request.full_path.rstrip("?").removesuffix("-removal"), 303)


@bp.post("/settings/mail-tests", endpoint="test_mail")
@requires("settings.change")
@fresh
def ask_for_mail() -> ResponseReturnValue:
    """Send a test message to the admin."""
    with transaction() as session:
        mail_tests.ask(session, current_user)
    flash(
        f"A test message to {current_user.email} is on its way. Its result stands under “Mail” in a few seconds.",
        "success",
    )
    return redirect(url_for("admin.settings", _anchor="mail-test"), 303)


def now_of(version: ChoiceVersion) -> dict[str, str]:
    """Return {setting: value as text} in effect with a version. Environment variables of this machine override it."""
    return present(version.choices, {name: str(getattr(config(), name)) for name in fixed()})


def done(saved: ChoiceVersion | None, endpoint: str) -> ResponseReturnValue:
    """Flash what was saved, and redirect to a page."""
    chosen.forget()
    flash(SAVED.format(number=saved.number) if saved else SAME, "success")
    return redirect(url_for(endpoint), 303)


def _row_problems(form: SettingsForm) -> list[str]:
    """Return the problems of single sections, for the list on top of the page."""
    rows = [row.form for row in form.sections]
    return [
        f"{row.name.data}: {sentence}"
        for row in rows
        for field in (row.place, row.hours, row.rejected, row.spam, row.withdrawn, row.contact, row.checklist)
        for sentence in field.errors
    ]


def fixed() -> dict[str, str]:
    """Return {setting: environment variable} for the settings that this machine's environment sets."""
    found = {name: set_by(name) for name in values.LABELS}
    return {name: variable for name, variable in found.items() if variable}


def _stale() -> ResponseReturnValue:
    """Show the typed values again, beside those that somebody else saved."""
    form = SettingsForm()
    form.validate()
    with transaction() as session:
        newest = setting_versions.versions(session, 1)[0]
    try:
        typed = form.typed(now_of(newest))
    except InvalidChoices as error:
        form.show(error.problems)
        typed = {}
    if "smtp_url" in typed:
        same = typed["smtp_url"] == now_of(newest)["smtp_url"]
        typed["smtp_url"] = (
            newest.choices.get("smtp_url", "") if same else sealed_address.sealed(typed["smtp_url"])
        )
    yours = values.changes(newest.choices, values.tidy({**newest.choices, **typed}))
    form.version.data = newest.number
    return _page(form, newest, yours), 409


def _page(
    form: SettingsForm,
    newest: ChoiceVersion | None = None,
    yours: list[ChoiceChange] | None = None,
    shorter: list[Shortened] | None = None,
) -> str:
    """Return the page. `newest` is the version that somebody else saved, `yours` what this form would change in it.

    If `shorter` is set, the page asks whether shorter retention periods apply without a notice period.
    """
    with transaction() as session:
        last = setting_versions.current(session)
        counts = setting_versions.sections_in_use(session, [str(row.form.name.data) for row in form.sections])
        own = [key for key, text in texts.newest(session).items() if text.body]
        phrases = len(phrase_list.current(session).body.splitlines())
        tested = mail_tests.last(session, current_user.id)
    now = now_of(last)
    return render_template(
        "admin/settings.html",
        form=form,
        row_problems=_row_problems(form),
        last=last,
        theirs=newest,
        shorter=shorter or [],
        concerned=_count(shorter or []),
        yours=yours or [],
        counts=counts,
        fixed=fixed(),
        now={name: values.said(name, text) for name, text in now.items() if name != "smtp_url"},
        own_texts={name: sum(key[0] == name for key in own) for name in (texts.CONSENT, texts.INTRODUCTION)},
        languages=len(interface.INTERFACE),
        phrases=phrases,
        tested=tested,
        sends=config().mails,
        sources=SOURCES,
    )


TYPED["admin.save_settings"] = _stale
