"""Error pages of a failed login by the provider: one for each reason, with what to do."""

import logging

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from intake.accounts.openid.authorization import CodeSpent, LoginDenied
from intake.accounts.openid.http_client import ProviderAway, ProviderMisconfigured
from intake.accounts.openid.id_token import TokenRefused
from intake.accounts.openid.links import LinkedToOther
from intake.plurals import desk_noop
from intake.web.language import gettext
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
    "away": (503, desk_noop("{name} does not answer"), desk_noop("Transom could not reach {name} in time. Nothing of your account was changed."), desk_noop("Wait a minute and try again, or log in with your password or a passkey.")),
    "misconfigured": (502, desk_noop("{name} is not set up correctly"), desk_noop("Transom and {name} do not understand each other. You did nothing wrong."), desk_noop("Log in with your password or a passkey, and tell an administrator. The command `transom doctor` on the server says more.")),
    "refused": (502, desk_noop("The answer of {name} was not accepted"), desk_noop("It does not prove who you are. Nothing of your account was changed."), desk_noop("Try again. If it happens once more, log in with your password or a passkey, and tell an administrator.")),
    "denied": (403, desk_noop("{name} did not let you in"), desk_noop("You cancelled the login there, or you are not allowed to use it."), desk_noop("Try again, or log in with your password or a passkey.")),
    "spent": (400, desk_noop("This login cannot be used any more"), desk_noop("It was used already, it took more than ten minutes, or it was begun in another browser."), desk_noop("Begin again here.")),
    "unknown": (403, desk_noop("No account here is linked to you"), desk_noop("{name} has recognised you, but that alone opens no account of this desk."), desk_noop("Have you a password here? Log in with it, open “Your account” and link it to {name}. If not, ask an administrator for an invitation.")),
    "off": (403, desk_noop("Your account is switched off"), desk_noop("{name} has recognised you, but your account of this desk is switched off."), desk_noop("Ask an administrator to switch it on again.")),
    "taken": (409, desk_noop("You are linked to another account"), desk_noop("{name} has recognised somebody who is linked to another account of this desk. Nothing was changed."), desk_noop("Log out at {name} if that was not you. If you have two accounts here, log in to the other one and remove the link there first.")),
    "somebody_else": (403, desk_noop("That was somebody else"), desk_noop("{name} has recognised another person than the one who is logged in here."), desk_noop("Log out at {name} and try again, or give your password instead.")),
    "not_anew": (403, desk_noop("{name} did not ask you again"), desk_noop("It answered without asking who you are just now. So this does not show that it is you."), desk_noop("Give your password or your second factor instead. If you have neither, ask an administrator to reset your password.")),
    "logged_out": (403, desk_noop("You are no longer logged in here"), desk_noop("Your session has ended in the meantime. Nothing was changed."), desk_noop("Log in, and begin again.")),
    "link_spent": (404, desk_noop("This invitation no longer works"), desk_noop("It has been used, or it is too old."), desk_noop("If you used it yourself, log in. If not, tell an administrator at once: somebody else may have opened it.")),
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
    """Return the error page for a key of PROBLEMS. Its links keep the address to return to after the login."""
    status, *sentences = PROBLEMS[code]
    name = provider().name
    title, sentence, advice = (gettext(one).format(name=name) for one in sentences)
    html = render_template(
        "openid/problem.html", title=title, sentence=sentence, advice=advice, ways=_ways(code, pending, name)
    )
    return html, status, {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}


def _ways(code: str, pending: Pending | None, name: str) -> list[tuple[str, str]]:
    """Return links to what the person can do next, as (label, address)."""
    wanted = (pending.next if pending else "") or None
    log_in = (gettext("Log in with your password"), url_for("security.login", next=wanted))
    match pending.purpose if pending else LOG_IN:
        case p if p == ACCEPT and pending and code != "link_spent":
            return [(gettext("Back to your invitation"), url_for("accounts.welcome", token=pending.subject))]
        case p if p in (LINK, CONFIRM) and code != "logged_out":
            return [(gettext("Go back"), wanted or url_for("accounts.account"))]
    if code in {"logged_out", "link_spent", "misconfigured", "off"}:
        return [log_in]
    return [
        (gettext("Log in with %(name)s", name=name), url_for("accounts.openid_begin", next=wanted)),
        log_in,
    ]
