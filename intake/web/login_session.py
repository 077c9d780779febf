"""Session of the current request's browser, as recorded in the database."""

import uuid

from flask import request, session
from flask_login import current_user

from intake.accounts import sessions
from intake.accounts.sessions import SessionLimits
from intake.db import transaction
from intake.permissions.reach import reach_of
from intake.web.current import config, reading
from intake.web.language import current
from intake.web.live_updates import Viewer

SESSION_KEY = "login"
"""Key of the session's id in the cookie."""


def session_id() -> uuid.UUID | None:
    """Return the id of the browser's session, or None."""
    try:
        return uuid.UUID(session.get(SESSION_KEY, ""))
    except ValueError:
        return None


def limits() -> SessionLimits:
    """Return the time limits of sessions from the settings."""
    return SessionLimits.of(config())


def is_open(editor_id: int) -> bool:
    """Return whether the browser's session belongs to the account and is open. Records its use."""
    mine = session_id()
    if mine is None:
        return False
    with reading() as database:
        due = sessions.use_due(database, mine, editor_id, limits())
    if due and not is_automatic():
        with transaction() as database:
            sessions.record_use(database, mine)
    return due is not None


def is_automatic() -> bool:
    """Return whether a script of an open page sends the request, so that a forgotten tab keeps no session open.

    Browsers send `Sec-Fetch-Dest: empty` for requests of scripts, and `document` for pages and forms.
    """
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def why_ended() -> str:
    """Return why the browser's session has ended, as a key of account_words.SESSION_ENDED."""
    mine = session_id()
    if mine is None:
        return ""
    with reading() as database:
        return sessions.why_ended(database, mine, limits())


def viewer_of(action: str) -> Viewer:
    """Return the current person as the viewer of a stream that needs an action (permissions.ACTIONS)."""
    mine = session_id()
    if mine is None:
        raise RuntimeError("the view admits nobody without a session")
    return Viewer(current_user.id, mine, action, reach_of(current_user, action), current())
