"""What an editor fills in to decide on several submissions at once."""

import uuid
from collections.abc import Iterable

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf

from intake.languages import NAMES
from intake.models.decision import VERDICTS
from intake.reasons import REASONS
from intake.web.forms.fields import NOTE_CHARACTERS, lines

MOST = 200
"""Submissions in one batch."""


class BatchForm(FlaskForm):
    """A verdict, why, and beside them the items and messages that `items` and `messages` read."""

    verdict = HiddenField("Verdict", [AnyOf(list(VERDICTS), "Please choose what to do.")])
    code = SelectField("Why", validate_choice=False)
    token = HiddenField("Token")

    def offer_codes(self) -> None:
        """Those that go with the verdict."""
        codes = REASONS.get(self.verdict.data or "", {})
        self.code.choices = [("", "No reason given"), *codes.items()]

    def token_or_new(self) -> uuid.UUID:
        """Of the form that was sent; a new one where it has none."""
        try:
            return uuid.UUID(self.token.data or "")
        except ValueError:
            return uuid.uuid4()


def items(field: str) -> dict[uuid.UUID, int]:
    """What was selected, id → version that was seen; what is not of the form `id:version` is left out."""
    found = {}
    for word in request.form.getlist(field)[: MOST + 1]:
        ident, _, version = word.partition(":")
        if version.isdecimal() and len(version) < 10 and len(ident) == 36:
            try:
                found[uuid.UUID(ident)] = int(version)
            except ValueError:
                continue
    return found


def messages(languages: Iterable[str]) -> dict[str, str]:
    """What was typed for contributors, by language; those that are empty are left out."""
    typed = {
        code: lines(request.form.get(f"message-{code}", "")) or "" for code in languages if code in NAMES
    }
    return {code: words.strip() for code, words in typed.items() if words.strip()}


def too_long(written: dict[str, str]) -> list[str]:
    """A sentence for each message that is longer than one may be."""
    return [
        f"Please keep the message in {NAMES[code]} to {NOTE_CHARACTERS} characters."
        for code, words in written.items()
        if len(words) > NOTE_CHARACTERS
    ]
