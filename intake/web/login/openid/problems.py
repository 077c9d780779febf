"""Pages of a login by the provider that did not succeed: one for each reason, with what to do."""

import logging

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from intake.accounts.openid.authorization import CodeSpent, LoginDenied
from intake.accounts.openid.id_token import TokenRefused
from intake.accounts.openid.links import LinkedToOther
from intake.accounts.openid.outgoing import ProviderAway, ProviderMisconfigured
from intake.web.login.openid.pending import ACCEPT, CONFIRM, LINK, LOG_IN, Pending
from intake.web.login.openid.setup import provider

log = logging.getLogger(__name__)

FAILURES = (
    ProviderAway,
    ProviderMisconfigured,
    TokenRefused,
    LoginDenied,
    CodeSpent,
    LinkedToOther,
)
"""Errors of the exchange with the provider."""
RETRY_SECONDS = 60

PROBLEMS = {
    "away": (503, "{name} does not answer", "Transom could not reach {name} in time. Nothing of your account was changed.", "Wait a minute and try again, or log in with your password or a passkey."),
    "misconfigured": (502, "{name} is not set up correctly", "Transom and {name} do not understand each other. You did nothing wrong.", "Log in with your password or a passkey, and tell an administrator. The command `transom doctor` on the server says more."),
    "refused": (502, "The answer of {name} was not accepted", "It does not prove who you are. Nothing of your account was changed.", "Try again. If it happens once more, log in with your password or a passkey, and tell an administrator."),
    "denied": (403, "{name} did not let you in", "You cancelled the login there, or you are not allowed to use it.", "Try again, or log in with your password or a passkey."),
    "spent": (400, "This login cannot be used any more", "It was used already, it took more than ten minutes, or it was begun in another browser.", "Begin again here."),
    "unknown": (403, "No account here is linked to you", "{name} has recognised you, but that alone opens no account of this desk.", "Have you a password here? Log in with it, open “Your account” and link it to {name}. If not, ask an administrator for an invitation."),
    "off": (403, "Your account is switched off", "{name} has recognised you, but your account of this desk is switched off.", "Ask an administrator to switch it on again."),
    "taken": (409, "You are linked to another account", "{name} has recognised somebody who is linked to another account of this desk. Nothing was changed.", "Log out at {name} if that was not you. If you have two accounts here, log in to the other one and remove the link there first."),
    "somebody_else": (403, "That was somebody else", "{name} has recognised another person than the one who is logged in here.", "Log out at {name} and try again, or give your password instead."),
    "not_anew": (403, "{name} did not ask you again", "It answered without asking who you are just now. So this does not show that it is you.", "Give your password or your second factor instead. If you have neither, ask an administrator to reset your password."),
    "logged_out": (403, "You are no longer logged in here", "Your session has ended in the meantime. Nothing was changed.", "Log in, and begin again."),
    "link_spent": (404, "This invitation no longer works", "It has been used, or it is too old.", "If you used it yourself, log in. If not, tell an administrator at once: somebody else may have opened it."),
}  # fmt: skip


def failed(error: Exception, pending: Pending | None) -> ResponseReturnValue:
    """Return the page for one of FAILURES. The log tells administrators the reason, without anything personal."""
    match error:
        case ProviderAway():
            log.warning("the OpenID provider does not answer: %s", error)
            return problem("away", pending)
        case ProviderMisconfigured():
            log.error("the OpenID provider and the settings do not fit together: %s", error)
            return problem("misconfigured", pending)
        case TokenRefused():
            log.error("an answer of the OpenID provider was refused: %s", error)
            return problem("refused", pending)
        case LoginDenied():
            return problem("denied", pending)
        case LinkedToOther():
            return problem("taken", pending)
    return problem("spent", pending)


def problem(code: str, pending: Pending | None = None) -> ResponseReturnValue:
    """Return the page of a key of PROBLEMS. Its links keep the address to which the person wanted to go."""
    status, *sentences = PROBLEMS[code]
    name = provider().name
    title, sentence, advice = (one.format(name=name) for one in sentences)
    html = render_template(
        "openid/problem.html", title=title, sentence=sentence, advice=advice, ways=_ways(code, pending, name)
    )
    return html, status, {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}


def _ways(code: str, pending: Pending | None, name: str) -> list[tuple[str, str]]:
    """Return labels and addresses of what the person can do next."""
    wanted = (pending.next if pending else "") or None
    log_in = ("Log in with your password", url_for("security.login", next=wanted))
    match pending.purpose if pending else LOG_IN:
        case p if p == ACCEPT and pending and code != "link_spent":
            return [("Back to your invitation", url_for("accounts.welcome", token=pending.subject))]
        case p if p in (LINK, CONFIRM) and code != "logged_out":
            return [("Go back", wanted or url_for("accounts.account"))]
    if code in {"logged_out", "link_spent", "misconfigured", "off"}:
        return [log_in]
    return [(f"Log in with {name}", url_for("accounts.openid_begin", next=wanted)), log_in]
