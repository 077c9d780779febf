"""Form of a batch: one decision on several submissions."""

import uuid
from collections.abc import Iterable, Mapping
from itertools import islice

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf

from intake.decisions.batch_page import Preview
from intake.decisions.reasons import REASONS
from intake.languages import NAMES
from intake.models.decision import VERDICTS
from intake.web.forms.fields import NOTE_CHARACTERS, lines
from intake.web.language import gettext

MOST = 200
"""Largest number of submissions in a batch."""
NO_REASON = lazy_gettext("Please choose a reason.")
UNSAID = lazy_gettext("Please write in each language what to change.")
NONE_LEFT = lazy_gettext("None of these submissions allows this decision any more.")


class BatchForm(FlaskForm):
    """Form with verdict and reason of a batch.

    The functions `items` and `messages` parse its other fields.
    """

    verdict = HiddenField(
        lazy_gettext("Verdict"), [AnyOf(list(VERDICTS), lazy_gettext("Please choose what to do."))]
    )
    code = SelectField(lazy_gettext("Reason"), validate_choice=False)
    token = HiddenField(lazy_gettext("Token"))

    def offer_codes(self) -> None:
        """Set the choices of `code` to the reasons of the verdict."""
        codes = REASONS.get(self.verdict.data or "", {})
        self.code.choices = [
            ("", gettext("No reason given")),
            *((code, gettext(label)) for code, label in codes.items()),
        ]

    def token_or_new(self) -> uuid.UUID:
        """Return the token of the form, or a new token if it is missing or malformed."""
        try:
            return uuid.UUID(self.token.data or "")
        except ValueError:
            return uuid.uuid4()


def items(words: Iterable[str]) -> dict[uuid.UUID, int]:
    """Parse values such as `id:version` into submission id → version. Malformed values are ignored.

    Reads at most MOST + 1 values, enough to notice that there are too many.
    """
    found = {}
    for word in islice(words, MOST + 1):
        ident, _, version = word.partition(":")
        if version.isdecimal() and len(version) < 10 and len(ident) == 36:
            try:
                found[uuid.UUID(ident)] = int(version)
            except ValueError:
                continue
    return found


def messages(typed: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """Clean the typed messages. Returns language → message, without empty messages."""
    clean = {code: lines(typed.get(code, "")) or "" for code in languages if code in NAMES}
    return {code: words.strip() for code, words in clean.items() if words.strip()}


def problems(verdict: str, code: str, found: Preview, written: Mapping[str, str]) -> dict[str, list[str]]:
    """Check the rules of a batch. Returns field name (`messages`, `items` or `code`) → error messages.

    `written` is language → message to the contributors.
    """
    unsaid = verdict == "request_changes" and not set(found.languages) <= set(written)
    unfit = (verdict == "reject" and not code) or (code and code not in REASONS[verdict])
    said = {
        "messages": [*_too_long(written), *([UNSAID] if unsaid else [])],
        "items": [] if found.possible else [NONE_LEFT],
        "code": [NO_REASON] if unfit else [],
    }
    return {name: sentences for name, sentences in said.items() if sentences}


def _too_long(written: Mapping[str, str]) -> list[str]:
    return [
        gettext(
            "Please keep the message in %(language)s to %(count)s characters.",
            language=NAMES[code],
            count=NOTE_CHARACTERS,
        )
        for code, words in written.items()
        if len(words) > NOTE_CHARACTERS
    ]
