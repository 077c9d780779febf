"""Who a program acts for: the token in the Authorization header, and never a cookie or the address."""

from flask import Response, g, request
from werkzeug.datastructures import Authorization

from intake.accounts.tokens import usable_scopes, use_token
from intake.db import transaction
from intake.models import Editor
from intake.web.errors import problem

REALM = "Transom"
NO_TOKEN = "Send a token in the header Authorization. Tokens are made at /desk/tokens and /admin/tokens."  # noqa: S105 - a sentence
DEAD_TOKEN = "This token opens nothing: it is misspelled or revoked, or its account has lost the role for it."  # noqa: S105


def admit(wanted: frozenset[str], *, basic: bool) -> Response | None:
    """Let the program in as `editor()`, or answer with a problem (RFC 6750, section 3).

    It needs one of the scopes `wanted`. Where `basic`, the password of HTTP Basic (RFC 7617) is a token too: readers
    of feeds can send no other.
    """
    secret = _secret(request.authorization, basic=basic)
    if secret is None:
        return _refuse(401, "Who is asking?", NO_TOKEN, basic=basic)
    with transaction() as session:
        token = use_token(session, secret)
    if token is None:
        return _refuse(401, "Not a token of ours", DEAD_TOKEN, basic=basic, code="invalid_token")
    if wanted.isdisjoint(usable_scopes(token)):
        scope = " ".join(sorted(wanted))
        detail = f"This needs a token with the scope {scope}, of somebody who may do it."
        return _refuse(403, "The token is not for this", detail, code="insufficient_scope", scope=scope)
    g.editor = token.editor
    return None


def editor() -> Editor:
    """For whom the program of this request acts."""
    found: Editor = g.editor
    return found


def _secret(sent: Authorization | None, *, basic: bool) -> str | None:
    if sent is None:
        return None
    if sent.type == "bearer":
        return sent.token or ""
    return sent.password or "" if basic and sent.type == "basic" else None


def _refuse(code_of_http: int, title: str, detail: str, *, basic: bool = False, **more: str) -> Response:
    answer = problem(code_of_http, title, detail, **more)
    told = {"error": more["code"], "scope": more.get("scope")} if "code" in more else {}
    words = "".join(f', {name}="{value}"' for name, value in told.items() if value)
    answer.headers.add("WWW-Authenticate", f'Bearer realm="{REALM}"{words}')
    if basic:
        answer.headers.add("WWW-Authenticate", f'Basic realm="{REALM}", charset="UTF-8"')
    return answer
