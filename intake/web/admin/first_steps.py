"""Setup wizard of a new installation: five questions, each on its own page, and a page that says what to do next."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.magazine import choices as values
from intake.magazine import chosen, mail_tests, setting_versions
from intake.magazine.choices import InvalidChoices
from intake.magazine.first_steps import STEPS, open_steps
from intake.magazine.setting_versions import ChoiceVersion
from intake.settings import split_list
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.admin.settings import TYPED, fixed, now_of
from intake.web.current import config
from intake.web.forms.magazine.first_steps import (
    FirstApprovalsForm,
    FirstLanguagesForm,
    FirstMailForm,
    FirstNameForm,
    FirstSectionsForm,
)
from intake.web.forms.magazine.setting_fields import ChoiceForm
from intake.web.forms.magazine.settings import data
from intake.web.fresh import fresh

ADDRESS = f"/first-steps/<any({', '.join(STEPS)}):step>"
FORMS: dict[str, type[ChoiceForm]] = {
    "name": FirstNameForm,
    "languages": FirstLanguagesForm,
    "sections": FirstSectionsForm,
    "mail": FirstMailForm,
    "approvals": FirstApprovalsForm,
}
STALE = "Somebody else has saved the settings since you opened this page. If you save now, your answer replaces theirs."


@bp.get("/first-steps", endpoint="first_steps")
@requires("settings.change")
def begin() -> ResponseReturnValue:
    """Page of the first question, or the end if environment variables set everything."""
    steps = open_steps()
    return _ask(steps[0]) if steps else _end()


@bp.get(ADDRESS, endpoint="first_step")
@requires("settings.change")
def ask(step: str) -> ResponseReturnValue:
    """Page of one question."""
    if step not in open_steps():
        return redirect(_address(_following(step)), 303)
    return _ask(step)


def _ask(step: str) -> str:
    with transaction() as session:
        newest = setting_versions.current(session)
    shown = data(now_of(newest), newest.number)
    shown["new_sections"] = "\n".join(split_list(now_of(newest)["sections"]))
    return _page(step, _form(step, newest, formdata=None, data=shown), newest)


@bp.post(ADDRESS, endpoint="answer_step")
@requires("settings.change")
@fresh
def answer(step: str) -> ResponseReturnValue:
    """Save the answer, or skip the question, depending on the form field `do`. Then go to the next question."""
    following = "" if request.form.get("do") == "leave" else _following(step)
    with transaction() as session:
        newest = setting_versions.current(session)
    if request.form.get("do") in {"later", "leave"}:
        return _go_on(following)
    form = _form(step, newest)
    is_valid = form.validate()
    try:
        typed = form.typed(now_of(newest))
        values.check(typed)
        if not is_valid:
            return _page(step, form, newest), 422
        with transaction() as session:
            setting_versions.save(session, current_user, typed, form.version.data or 0, "assistant")
    except InvalidChoices as error:
        form.show(error.problems)
        return _page(step, form, newest), 422
    if step == "mail" and request.form.get("do") == "test":
        return _test(step)
    return _go_on(following)


@bp.get("/first-steps/end", endpoint="first_steps_end")
@requires("settings.change")
def end() -> ResponseReturnValue:
    """Page that says what is set, and what to do next."""
    return _end()


def _end() -> str:
    with transaction() as session:
        newest = setting_versions.current(session)
    now = now_of(newest)
    said = {
        name: values.said(name, newest.choices.get(name, "") if name == "smtp_url" else now[name])
        for names in STEPS.values()
        for name in names
    }
    if config().mails and not newest.choices.get("smtp_url"):
        said["smtp_url"] = "set on the machine"
    return render_template(
        "admin/first_steps_end.html", said=said, labels=values.LABELS, steps=STEPS, fixed=fixed()
    )


def _stale() -> ResponseReturnValue:
    """Show the typed answer again, with a warning that somebody else has saved the settings meanwhile."""
    step = (request.view_args or {})["step"]
    with transaction() as session:
        newest = setting_versions.current(session)
    form = _form(step, newest)
    form.version.data = newest.number
    form.form_errors.append(STALE)
    return _page(step, form, newest), 409


TYPED["admin.answer_step"] = _stale


def _form(step: str, newest: ChoiceVersion, **given: Any) -> ChoiceForm:
    if step == "approvals":
        return FirstApprovalsForm(setting_versions.known_sections(_sections(newest)), **given)
    return FORMS[step](**given)


def _sections(newest: ChoiceVersion) -> Mapping[str, str]:
    return {name: text for name, text in now_of(newest).items() if name in {"sections", "hidden_sections"}}


def _test(step: str) -> ResponseReturnValue:
    chosen.forget()
    with transaction() as session:
        mail_tests.ask(session, current_user)
    flash(
        f"Saved. A test message to {current_user.email} is on its way. Reload this page to see its result.",
        "success",
    )
    return redirect(_address(step), 303)


def _go_on(step: str) -> ResponseReturnValue:
    """Go to the next question. After the last one, record that admins are no longer redirected to the questions."""
    chosen.forget()
    if not step:
        with transaction() as session:
            if not setting_versions.current(session).number:
                setting_versions.save(session, current_user, {}, None, "assistant", even_if_same=True)
    return redirect(_address(step), 303)


def _following(step: str) -> str:
    """Return the next open question after a step, or "" for the end."""
    rest = list(STEPS)[list(STEPS).index(step) + 1 :]
    return next((one for one in rest if one in open_steps()), "")


def _address(step: str) -> str:
    return url_for("admin.first_step", step=step) if step else url_for("admin.first_steps_end")


def _page(step: str, form: ChoiceForm, newest: ChoiceVersion) -> str:
    steps = open_steps()
    with transaction() as session:
        tested = mail_tests.last(session, current_user.id)
    return render_template(
        "admin/first_step.html",
        step=step,
        form=form,
        fixed=fixed(),
        now=now_of(newest),
        number=steps.index(step) + 1,
        count=len(steps),
        before=steps[steps.index(step) - 1] if steps.index(step) else "",
        tested=tested,
        sends=config().mails,
        has_password=bool(newest.choices.get("smtp_url")),
    )
