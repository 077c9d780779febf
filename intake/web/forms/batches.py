"""What an editor fills in to decide on several submissions at once."""

import uuid
from collections.abc import Iterable, Mapping
from itertools import islice

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf

from intake.decisions.batch_page import Preview
from intake.decisions.reasons import REASONS
from intake.languages import NAMES
from intake.models.decision import VERDICTS
from intake.web.forms.fields import NOTE_CHARACTERS, lines

MOST = 200
"""Submissions in one batch."""
NO_REASON = "Please choose why."
UNSAID = "Please write in each language what is to be changed."
NONE_LEFT = "None of these can be decided on like this any more."


class BatchForm(FlaskForm):
    """A verdict, why, and beside them the items and messages that `items` and `messages` read."""

    verdict = HiddenField("Verdict", [AnyOf(list(VERDICTS), "Please choose what to do.")])
    code = SelectField("Reason", validate_choice=False)
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


def items(words: Iterable[str]) -> dict[uuid.UUID, int]:
    """What was selected, id → version that was seen; what is not of the form `id:version` is left out.

    Of more than MOST words only one more is read.
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
    """What was typed for the contributors of these languages, by language; those that are empty are left out."""
    clean = {code: lines(typed.get(code, "")) or "" for code in languages if code in NAMES}
    return {code: words.strip() for code, words in clean.items() if words.strip()}


def problems(verdict: str, code: str, found: Preview, written: Mapping[str, str]) -> dict[str, list[str]]:
    """Why a batch cannot be asked for with these messages: messages, items or code → what to do."""
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
        f"Please keep the message in {NAMES[code]} to {NOTE_CHARACTERS} characters."
        for code, words in written.items()
        if len(words) > NOTE_CHARACTERS
    ]
