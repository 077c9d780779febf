"""Signs of a bot or a person in the request that sends a form or begins a draft.

None of them depends on scripts, on the address, or on the kind of browser.
"""

from flask import request

from intake.submissions.suspicion import proof_of_work, signals
from intake.web.contribute import form_tokens
from intake.web.current import config

PROOF = "proof"
"""Name of a hidden field that a script fills in once it has done the work."""
HONEYPOT = "homepage"
"""Name of a field that browsers do not show, and that many bots fill in."""


def form_signals(token: str) -> tuple[str, ...]:
    """Return the signals in the request that sends the one-page form. `token` is the form's one-time token."""
    found = {
        "honeypot": bool(request.form.get(HONEYPOT, "").strip()),
        "too_fast": is_too_fast(token),
    }
    return (*(signal for signal, there in found.items() if there), *proof_signals(token))


def proof_signals(bound_to: str) -> tuple[str, ...]:
    """Return the signal of a proof of work in this request, if it is solved and was made for this form.

    `bound_to` is the form's one-time token, or the receipt of a draft.
    """
    return (signals.PROOF,) * proof_of_work.is_solved(sent_proof(), bound_to)


def sent_proof() -> str:
    """Return the proof of work in this request. Empty without scripts, and while the work is not done."""
    return request.form.get(PROOF, "")[: proof_of_work.MOST_CHARACTERS]


def is_too_fast(token: str) -> bool:
    """Return whether the page with this one-time token was opened a moment ago."""
    return form_tokens.age(token) < config().fastest_seconds


def draft_signals(token: str, *, typed: bool) -> tuple[str, ...]:
    """Return the signals in the request that confirms the code of a draft.

    `token` is that of the page with the code. `typed` says that groups of the code were typed.
    """
    return ("hasty_draft",) if is_too_fast(token) else ("code_typed",) * typed
