"""Decorator for views that need a fresh login: a password or second factor given within the last ten minutes."""

import time
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import current_app, session

from intake.web.access import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

FRESH_SECONDS = 600
# Flask-Security writes the time of the log-in, in seconds since 1970, under this key.
PROVED_AT = "fs_paa"
CONFIRMATION = "confirmation"
"""Key in `app.extensions` of the function that asks for the password or second factor.

The function has no arguments. It returns None if the login is fresh, otherwise the page that asks.
"""


def fresh(view: View) -> View:
    """Ask for the password or the second factor before the view, unless the login is fresh.

    The confirmation page keeps the fields of a submitted form and sends them again. Place this below `requires`.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not is_fresh():
            confirm: Callable[[], ResponseReturnValue | None] = current_app.extensions[CONFIRMATION]
            answer = confirm()
            if answer is not None:
                return answer
        return view(*args, **kwargs)

    guarded.needs_fresh_login = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def is_fresh() -> bool:
    """Return whether this session proved password or factor within FRESH_SECONDS."""
    proved: float = session.get(PROVED_AT, 0)
    return abs(time.time() - proved) < FRESH_SECONDS


def be_fresh() -> None:
    """Record that this session has just proved password or factor."""
    session[PROVED_AT] = time.time()
