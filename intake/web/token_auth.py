"""Token authentication of programs, by the Authorization header only."""

from flask import Response, g, request
from werkzeug.datastructures import Authorization

from intake import permissions
from intake.accounts.factors.requirement import is_overdue
from intake.accounts.tokens import TokenExpired, usable_scopes, use_token
from intake.db import transaction
from intake.models import Editor
from intake.web.current import config
from intake.web.errors import problem

REALM = "Transom"
NO_TOKEN = "Send a token in the header Authorization. Create tokens at /desk/tokens and /admin/tokens."  # noqa: S105 - a sentence
DEAD_TOKEN = "This token is not valid. It is misspelled or revoked, or its account has lost the role for it."  # noqa: S105
EXPIRED_TOKEN = "This token expired on {day} (UTC). Create a new one at /desk/tokens or /admin/tokens."  # noqa: S105

NO_FACTOR = (
    "The account of this token has not set up a second factor in time. The token works again once its owner has logged in"
    " and set one up."
)
NOT_ALLOWED = (
    "The account of this token may not do this. An administrator can change that on the page People."
)


def admit(scope: str, action: str, *, basic: bool) -> Response | None:
    """Check the token of the request.

    Returns None if the token is valid, else a problem document (RFC 6750, section 3).
    The token needs the scope, and its owner must be allowed to do the action (permissions.ACTIONS).
    Afterwards `editor()` returns the token's owner.
    With `basic`, a token is accepted as the password of HTTP Basic (RFC 7617), because feed readers support
    only that.
    """
    secret = _secret(request.authorization, basic=basic)
    if secret is None:
        return _refuse(401, "Token required", NO_TOKEN, basic=basic)
    try:
        with transaction() as session:
            token = use_token(session, secret)
    except TokenExpired as expired:
        detail = EXPIRED_TOKEN.format(day=f"{expired.at:%Y-%m-%d}")
        return _refuse(401, "Expired token", detail, basic=basic, code="invalid_token")
    if token is None:
        return _refuse(401, "Invalid token", DEAD_TOKEN, basic=basic, code="invalid_token")
    if is_overdue(token.editor, config()):
        return _refuse(403, "Second factor needed", NO_FACTOR)
    if scope not in usable_scopes(token):
        detail = f"This needs a token with the scope {scope}, of an account with the role for it."
        return _refuse(403, "Insufficient scope", detail, code="insufficient_scope", scope=scope)
    if not permissions.allows(token.editor, action):
        return _refuse(403, "Not allowed", NOT_ALLOWED, code="not_allowed")
    g.editor = token.editor
    return None


def editor() -> Editor:
    """Return the owner of this request's token. Needs an earlier call of `admit`."""
    found: Editor = g.editor
    return found


def _secret(sent: Authorization | None, *, basic: bool) -> str | None:
    if sent is None:
        return None
    if sent.type == "bearer":
        return sent.token or ""
    return sent.password or "" if basic and sent.type == "basic" else None


def _refuse(status: int, title: str, detail: str, *, basic: bool = False, **more: str) -> Response:
    answer = problem(status, title, detail, **more)
    parameters = {"error": more["code"], "scope": more.get("scope")} if "code" in more else {}
    words = "".join(f', {name}="{value}"' for name, value in parameters.items() if value)
    answer.headers.add("WWW-Authenticate", f'Bearer realm="{REALM}"{words}')
    if basic:
        answer.headers.add("WWW-Authenticate", f'Basic realm="{REALM}", charset="UTF-8"')
    return answer
