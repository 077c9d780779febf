"""Signs of a bot or a person in the request that sends a form or begins a draft.

No signal depends on whether scripts are off, on the IP address, or on the kind of browser.
"""

from flask import request

from intake.submissions.suspicion import proof_of_work, signals
from intake.web.contribute import form_tokens
from intake.web.current import config

PROOF = "proof"
"""Name of a hidden field that a script fills in once it has solved the proof of work."""
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
    """Return the proof of work in this request. Empty without scripts, or if it is not solved yet."""
    return request.form.get(PROOF, "")[: proof_of_work.MOST_CHARACTERS]


def is_too_fast(token: str) -> bool:
    """Return whether the page with this one-time token was opened less than `fastest_seconds` ago."""
    return form_tokens.age(token) < config().fastest_seconds


def draft_signals(token: str, *, typed: bool) -> tuple[str, ...]:
    """Return the signals in the request that confirms the code of a draft.

    `token` is the one-time token of the page that shows the code. `typed`: the user typed groups of the code.
    """
    return ("hasty_draft",) if is_too_fast(token) else ("code_typed",) * typed
