"""Form of a decision."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, ValidationError

from intake.decisions.decide import DecisionInput
from intake.decisions.reasons import REASONS
from intake.models.decision import VERDICTS
from intake.web.forms.fields import NOTE_CHARACTERS, YesField, despite_field, lines, longest, version_field

NO_REASON = lazy_gettext("Please choose a reason.")
OTHER_REASON = lazy_gettext("This reason belongs to another decision. Please choose one that fits.")
FILLED_IN = lazy_gettext("The saved reply for this reason is filled in. Read it, then decide.")
NO_WORDS = lazy_gettext("Write to the contributor, or choose to send no message.")
NO_CHANGES = lazy_gettext("Please write what to change. The contributor reads it.")
SILENT_CHANGES = lazy_gettext("Changes are requested by a message. Please untick “Send no message”.")


def problems(verdict: str, code: str, message: str, *, silent: bool) -> dict[str, str]:
    """Check the rules of a decision.

    Returns field → error message. `silent` is the choice to send no message.
    """
    found = {}
    if code and code not in REASONS.get(verdict, {}):
        found["code"] = OTHER_REASON
    if not code and verdict == "reject":
        found["code"] = NO_REASON
    if verdict == "request_changes" and (silent or not message):
        found["message"] = NO_CHANGES if not message else SILENT_CHANGES
    # The editor must choose to reject without a message. A forgotten message is an error.
    if not message and verdict == "reject" and not silent:
        found["message"] = NO_WORDS
    return found


class DecisionForm(FlaskForm):
    """Form to decide on a submission. `version` is the submission's version that the page showed."""

    verdict = HiddenField(
        lazy_gettext("Verdict"), [AnyOf(list(VERDICTS), lazy_gettext("Please choose what to do."))]
    )
    version = version_field()
    # Values are `verdict.code`, because the form lists the reasons of all verdicts. See `reason`.
    code = StringField(lazy_gettext("Reason"))
    message = TextAreaField(
        lazy_gettext("Message to the contributor"), [longest(NOTE_CHARACTERS)], filters=[lines]
    )
    no_message = YesField(lazy_gettext("Send no message"))
    despite = despite_field(lazy_gettext("Accept although points are open: why?"))

    def validate_code(self, _field: Field) -> None:
        """Check that the reason belongs to the verdict. A rejection needs a reason."""
        self._keep("code")

    def validate_message(self, _field: Field) -> None:
        """Check that there is a message if the verdict needs one."""
        self._keep("message")

    def _keep(self, name: str) -> None:
        words = (self.message.data or "").strip()
        found = problems(self.verdict.data or "", self.reason, words, silent=bool(self.no_message.data))
        if name in found:
            raise ValidationError(found[name])

    @property
    def reason(self) -> str:
        """Code of the reason, or "" without one. A reason that was chosen for another verdict does not count."""
        verdict, _, code = (self.code.data or "").partition(".")
        return code if verdict == self.verdict.data else ""

    def fill_in(self, replies: Mapping[str, str]) -> None:
        """Fill an empty message with the saved reply for the reason. `replies` is {`verdict.code`: text}."""
        reply = replies.get(self.code.data or "") if self.reason else None
        if reply and not self.no_message.data and not (self.message.data or "").strip():
            self.message.data = reply
            self.message.errors = [FILLED_IN] if self.message.errors else []

    def decision_input(self) -> DecisionInput:
        """Return the decision of a valid form."""
        words = (self.message.data or "").strip()
        return DecisionInput(
            self.verdict.data or "",
            self.reason or None,
            None if self.no_message.data else words or None,
            self.despite.data or "",
        )

    @staticmethod
    def fields_of(version: int, decision_input: DecisionInput) -> dict[str, list[str]]:
        """Return the fields as a browser sends them for this decision. `version` is the version of the submission."""
        verdict, code = decision_input.verdict, decision_input.code
        fields = {
            "version": [str(version)],
            "verdict": [verdict],
            "code": [f"{verdict}.{code}" if code else ""],
            "message": [decision_input.message or ""],
            "despite": [decision_input.despite],
        }
        # A rejection is without a message only if the editor ticked `no_message`.
        return fields | ({"no_message": ["y"]} if verdict == "reject" and not decision_input.message else {})
