"""Decorators that declare who may use a view. A test fails for a view without such a decorator."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import auth_required

from intake import permissions
from intake.accounts.factors import requirement
from intake.models import Editor
from intake.permissions.reach import reach_of, refuse_hidden
from intake.plurals import desk_noop
from intake.web.current import config, reading
from intake.web.errors import page
from intake.web.language import gettext
from intake.web.token_auth import admit, editor

SUBMISSION = "submission_id"
"""Name of a submission's id in the URLs of the desk and its API."""

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Allow everybody. The view needs no account and no cookie."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(action: str, *, before_factor: bool = False) -> Callable[[View], View]:
    """Allow logged-in accounts that may do an action of the table (permissions.ACTIONS).

    Other accounts get 403, anonymous users the login page. Submissions that the account may not see give 404.
    Accounts that must set up a second factor first are led to the page for it, except from views with `before_factor`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not permissions.allows(current_user, action):
                abort(403)
            if not before_factor and requirement.is_overdue(current_user, config()):
                return _lead_to_set_up()
            _refuse_hidden(kwargs, current_user)
            return view(*args, **kwargs)

        allowed = auth_required("session")(guarded)
        allowed.access = action
        return allowed  # type: ignore[no-any-return]

    return declare


FACTOR_NEEDED = (
    desk_noop("Set up a second factor first"),
    desk_noop("Your account needs a second factor before it can be used again. Nothing was saved."),
    desk_noop(
        "Open your second factors in another tab and set one up. Then go back to this one and send it once more."
    ),
)


def _lead_to_set_up() -> ResponseReturnValue:
    """Redirect to the page of second factors. Forms and streams get 403, because they cannot follow."""
    if request.method in {"GET", "HEAD"} and "text/event-stream" not in request.headers.get("Accept", ""):
        return redirect(url_for("factors.overview"), 303)
    return page(403, *map(gettext, FACTOR_NEEDED))


def program_requires(action: str, *, basic: bool = False) -> Callable[[View], View]:
    """Allow programs with a token of the action's scope, whose owner may do the action. Cookies are ignored.

    Submissions that the owner may not see give 404.
    With `basic`, the token is accepted as the password of HTTP Basic too.
    """
    wanted = permissions.ACTIONS[action].scope

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refusal = admit(wanted, action, basic=basic)
            if refusal is not None:
                return refusal
            _refuse_hidden(kwargs, editor())
            return view(*args, **kwargs)

        guarded.access = action  # type: ignore[attr-defined]
        guarded.scope = wanted  # type: ignore[attr-defined]
        guarded.basic = basic  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def _refuse_hidden(values: Mapping[str, Any], person: Editor) -> None:
    """Raise NotFound for a submission that the person may not see, on every page and API of the desk."""
    if SUBMISSION in values:
        with reading() as session:
            refuse_hidden(session, values[SUBMISSION], reach_of(person))
