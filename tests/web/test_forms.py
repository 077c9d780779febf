from typing import Any

import pytest
from flask_wtf import FlaskForm

from intake.models.account import ROLES
from intake.web import Transom
from intake.web.forms.accounts import InvitationForm, PasswordForm, SetupForm
from intake.web.forms.contribute import SubmissionForm
from intake.web.forms.decision import DecisionForm
from tests.web.people import WORDS


def filled(app: Transom, form: type[FlaskForm], **data: Any) -> Any:
    """Return a validated form without CSRF protection."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data=data):
        made = form(app.extensions["settings"]) if form is SubmissionForm else form()
        made.validate()
        return made


def test_a_clear_yes(app: Transom) -> None:
    for word in ("y", "yes", "YES", "on", "true", "1"):
        assert not filled(app, SubmissionForm, **{**WORDS, "consent": word}).errors, word


def test_anything_else_is_no_consent(app: Transom) -> None:
    for word in ("", "n", "no", "0", "false", "off", "maybe", "y\0"):
        assert set(filled(app, SubmissionForm, **{**WORDS, "consent": word}).errors) == {"consent"}, word


def test_the_text_is_measured_in_bytes(app: Transom) -> None:
    limit = app.extensions["settings"].max_text_bytes
    assert not filled(app, SubmissionForm, **{**WORDS, "body": "文" * (limit // 3)}).errors
    errors = filled(app, SubmissionForm, **{**WORDS, "body": "文" * (limit // 3 + 1)}).errors
    assert "up to 300 KB can be sent" in errors["body"][0]


def test_a_decision_is_one_that_there_is(app: Transom) -> None:
    assert not filled(app, DecisionForm, verdict="accept", version="1").errors
    for verdict in ("", "publish", "ACCEPT"):
        errors = filled(app, DecisionForm, verdict=verdict, version="1").errors
        assert errors == {"verdict": ["Please choose what to do."]}


@pytest.mark.parametrize("version", ["", "x", "1.5"])
def test_a_page_says_which_version_it_shows(app: Transom, version: str) -> None:
    assert set(filled(app, DecisionForm, verdict="accept", version=version).errors) == {"version"}


def test_a_message_keeps_its_lines_and_loses_what_the_database_does_not_take(app: Transom) -> None:
    form = filled(
        app, DecisionForm, verdict="reject", version="1", code="reject.late", message="a\0b\r\n\r\nc\u202ed"
    )
    assert form.message.data == "ab\n\ncd"
    too_long = filled(
        app, DecisionForm, verdict="reject", version="1", code="reject.late", message="x" * 2001
    )
    assert too_long.errors == {"message": ["Please keep this to 2000 characters."]}


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("dam village", False),
        ("dam village 7 rivers", True),
        ("вода стоит у плотины", True),
        ("dam village 7 rivers " * 10, False),
    ],
)
def test_a_password_has_twelve_characters(app: Transom, password: str, *, good: bool) -> None:
    assert (not filled(app, PasswordForm, password=password).errors) is good


def test_a_name_of_a_megabyte_is_refused(app: Transom) -> None:
    form = filled(
        app, SetupForm, name="x" * 1_000_000, email="asel@transom.example", password="correct horse battery"
    )
    assert form.errors == {"name": ["Please keep this to 300 characters."]}


def test_names_are_cleaned(app: Transom) -> None:
    form = filled(
        app,
        SetupForm,
        name=" A\0sel\u202e\n N. ",
        email="asel@transom.example",
        password="correct horse battery",
    )
    assert not form.errors
    assert form.name.data == "Asel N."
    assert set(
        filled(
            app, SetupForm, name="\u200b", email="asel@transom.example", password="correct horse battery"
        ).errors
    ) == {"name"}


@pytest.mark.parametrize("email", ["", "asel", "a@b", "\0", "a b@example.org", "<a@example.org>"])
def test_what_is_no_address(app: Transom, email: str) -> None:
    assert set(filled(app, InvitationForm, name="A", email=email, roles=["editor"]).errors) == {"email"}


def test_an_invitation_gives_roles_that_there_are(app: Transom) -> None:
    assert not filled(app, InvitationForm, name="A", email="a@example.org", roles=list(ROLES)).errors
    for roles in ([], ["owner"], ["editor", "owner"]):
        form = filled(app, InvitationForm, name="A", email="a@example.org", roles=roles)
        assert set(form.errors) == {"roles"}
