"""Flask-Security set up for Transom: login page, password page, sessions and CSRF.

Contributor pages do without.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    after_this_request,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in
from flask_security import Security, SQLAlchemySessionUserDatastore, UserMixin, views
from flask_wtf.csrf import CSRFProtect

from intake.accounts.hashing import PlacesTaken
from intake.accounts.invitations import record_login
from intake.accounts.login_throttle import clear_attempts
from intake.accounts.passwords import LEAST_CHARACTERS
from intake.crypto import keyring
from intake.db import request_session
from intake.models import Editor, Role
from intake.plurals import gettext_noop
from intake.settings import settings
from intake.web.access import public, requires
from intake.web.errors import page
from intake.web.language import gettext, of_browser, remember
from intake.web.login import passwords, sessions
from intake.web.login.throttle import (
    WRONG,
    ThrottledChange,
    ThrottledLogin,
    login_key,
    password_change_key,
    set_device_cookie,
)

# Replaces Flask-Security's own blueprint, which has further pages and static files that Transom does not use.
bp = Blueprint("security", __name__)
csrf = CSRFProtect()

# Forms that are shown again if too many passwords are being checked: endpoint → (template, name of the form in it).
BUSY_FORMS = {
    "security.login": ("security/login_user.html", "login_user_form"),
    "security.change_password": ("security/change_password.html", "change_password_form"),
}
LOGGED_OUT = (
    gettext_noop("You are no longer logged in"),
    gettext_noop("Nothing was saved, because your session has ended."),
    gettext_noop(
        "Log in again in another tab. Then go back to this one: what you typed is still there, and can be sent once more."
    ),
)


class Account(Editor, UserMixin):  # type: ignore[misc]
    """Editor with the methods that Flask-Security needs. Uses the table of Editor."""

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Return whether the login needs a second step. A known device does not replace it."""
        del tf_fresh
        return bool(tf_setup_methods) and not g.get("factor_proved", False), tf_setup_methods


@bp.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Show the login form, or log in with its data."""
    return _answer(views.login)


@bp.route("/change", methods=["GET", "POST"])
@requires("account.use")
def change_password() -> ResponseReturnValue:
    """Change the password of the logged-in account. All its other sessions end."""
    return _answer(views.change_password)


def _answer(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Return the answer of Flask-Security's view, with status 422 for a form with errors.

    If no place for hashing the password is free, answers 503 with the filled-in form.
    """
    try:
        answer = view()
    except PlacesTaken as full:
        return passwords.busy(full, BUSY_FORMS[request.endpoint or ""])
    return (answer, 422) if request.method == "POST" and isinstance(answer, str) else answer


def init_app(app: Flask) -> None:
    """Set up accounts, sessions and CSRF protection."""
    app.config.update(_config())
    accounts = request_session()
    app.extensions["accounts"] = accounts
    datastore = SQLAlchemySessionUserDatastore(accounts, Account, Role)  # type: ignore[arg-type]
    app.extensions["datastore"] = datastore
    security = Security(
        app,
        datastore,
        register_blueprint=False,
        login_form=ThrottledLogin,
        change_password_form=ThrottledChange,
        password_util_cls=passwords.OwnPasswordUtil,
    )
    security.support_mfa = True  # otherwise set only for Flask-Security's own second factors
    passwords.init_app(security)
    sessions.init_app(app, security)
    security.unauthn_handler(_not_logged_in)
    security.want_json(_refuse_json)
    _load_user_lazily(app, security)
    app.register_blueprint(bp)
    csrf.init_app(app)
    for name in ("contribute", "uploads", "api", "desk_api", "admin_api", "guest"):
        csrf.exempt(app.blueprints[name])
    app.teardown_appcontext(lambda _error: accounts.remove())
    user_logged_in.connect(_on_login, app)


def _load_user_lazily(app: Flask, security: Security) -> None:
    """Stop Flask-Security and Flask-Login from loading the user for every request, even for a stylesheet.

    Contributor pages need no user, and the error page must render while the database is down.
    """
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    processors = app.template_context_processors[None]
    processors[:] = [one for one in processors if one.__module__ != "flask_login.utils"]
    app.jinja_env.globals["current_user"] = current_user


def _config() -> dict[str, Any]:
    # A web server for contributors only has no secret for passwords. Nobody logs in there, so any salt will do.
    purpose = "public session" if settings().is_public_side else "password"
    return {
        "SECURITY_PASSWORD_SALT": keyring().subkey(purpose).hex(),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST_CHARACTERS,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_POST_CHANGE_VIEW": "/start",
        "SECURITY_POST_LOGIN_VIEW": "/start",
        # A wrong e-mail address and a wrong password get the same error message.
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"transom": "intake.web.login.second_step.SecondStep"},
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        # Session protection requires the IP address of the login. Over Tor, a user's IP address changes.
        "SESSION_PROTECTION": None,
        "WTF_CSRF_TIME_LIMIT": None,  # Tokens are valid as long as the session, because an editor may write for hours.
        # The strict check needs a Referer, which Transom's Referrer-Policy does not allow.
        "WTF_CSRF_SSL_STRICT": False,
    }


def _on_login(_app: Flask, user: Account, **_: Any) -> None:
    """Record the time of a login. "Remember me" makes the session permanent instead of setting a second cookie."""
    session.permanent = session.pop("_remember", None) == "set" or session.permanent
    # Use the session of the login. A second transaction would wait forever for the row lock of the first.
    database = current_app.extensions["datastore"].db.session()
    if not user.last_login_at and not user.language:
        user.language = of_browser()
    record_login(database, user.id)
    remember(user.language)
    for whose in (login_key(user.email), password_change_key(user.id)):
        clear_attempts(database, whose)
    after_this_request(partial(set_device_cookie, address=user.email))


def _not_logged_in(_mechanisms: list[str], headers: dict[str, str] | None = None) -> Response:  # noqa: ARG001
    """Redirect to the login page. A POST gets a page with advice, as a redirect would lose its body. Streams get an event."""
    if request.method not in {"GET", "HEAD"}:
        return page(403, *map(gettext, LOGGED_OUT))
    if "text/event-stream" in request.headers.get("Accept", ""):
        return sessions.ended_stream()
    sessions.flash_why()
    return make_response(redirect(url_for("security.login", next=request.full_path.rstrip("?")), 303))


def _refuse_json(_request: Request) -> bool:
    """Return False, so that Flask-Security never responds with JSON.

    Its JSON responses contain an authentication token that works outside the browser.
    """
    return False


MOST_NOTICES = 4
"""Largest number of flashes in the session cookie. Browsers drop a cookie of more than 4,096 bytes."""
NEWSROOM = frozenset({"desk", "admin", "accounts", "factors", "security"})


class NewsroomSessions(SecureCookieSessionInterface):
    """Flask session interface that never sets a cookie on a contributor's page."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set or renew the session cookie, only on pages of NEWSROOM blueprints.

        Keeps the last MOST_NOTICES flashes.
        """
        if request.blueprint in NEWSROOM:
            if len(session.get("_flashes", ())) > MOST_NOTICES:
                session["_flashes"] = session["_flashes"][-MOST_NOTICES:]
            super().save_session(app, session, response)
