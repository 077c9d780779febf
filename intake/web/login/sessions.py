"""Sessions of people who log in: begun at the login, checked at each request."""

from typing import Any

from flask import Flask, Response, current_app, flash, g, request, session
from flask_login import user_logged_in
from flask_security import Security, password_changed

from intake.accounts import administration, sessions
from intake.accounts.account_words import SESSION_ENDED
from intake.accounts.tokens import revoke_all
from intake.models import Editor
from intake.web.language import gettext
from intake.web.live_messages import logged_out
from intake.web.login_session import SESSION_KEY, is_automatic, is_open, session_id, why_ended

END_TOKENS = "end_tokens"
"""Name of the checkbox that also ends the API tokens when the password is changed."""


def init_app(app: Flask, security: Security) -> None:
    """Record sessions in the database, so that each can be listed and ended."""
    load = security.login_manager._user_callback

    def load_user(uniquifier: str) -> Any:
        """Return the user of the cookie, or None if the account or this session is not valid any more."""
        user = load(uniquifier) if load else None
        return user if user and is_open(user.id) else None

    security.login_manager.user_loader(load_user)
    user_logged_in.connect(_begin, app)
    password_changed.connect(_after_password_change, app)


def ended_stream() -> Response:
    """Return a stream that tells an open page that its session has ended.

    A browser cannot see why a stream is refused, and would show the page for ever.
    """
    why = why_ended()
    sentence = gettext(SESSION_ENDED[why]) if why else ""
    return Response(logged_out(sentence), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


def flash_why() -> None:
    """Flash the reason why the person is logged out, for the login page. Not for requests by scripts."""
    if is_automatic():
        return
    flash(gettext(SESSION_ENDED[why_ended()]))


def _begin(_app: Flask, user: Editor, **_: Any) -> None:
    """Begin a session with a new id and a new CSRF token."""
    for kept in (session, g):
        kept.pop("csrf_token", None)
    # Use the session of the login. A second transaction would wait forever for the row lock of the first.
    database = _request_session()
    before = session_id()
    if before:
        sessions.replace(database, before)
    session[SESSION_KEY] = str(sessions.begin(database, user.id))


def _after_password_change(_app: Flask, user: Editor, **_: Any) -> None:
    """End the other sessions of the account, and its API tokens if the person asked for that."""
    database = _request_session()
    sessions.end_all(database, user.id, "password", keep=session_id())
    end_tokens = bool(request.form.get(END_TOKENS))
    if end_tokens:
        revoke_all(database, user)
    administration.record_new_password(database, user, tokens_ended=end_tokens)


def _request_session() -> Any:
    return current_app.extensions["datastore"].db.session()
