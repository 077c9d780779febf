"""API to decide on a submission, undo a decision, and reopen a decided submission."""

import uuid
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.decisions import decide, settle
from intake.decisions.reasons import REASONS
from intake.models.columns import BIGINT_MAX
from intake.models.decision import VERDICTS
from intake.text import clean_line
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, DONE, bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import OneOf, TextRule, Version
from intake.web.api.operation import operation
from intake.web.api.request_body import Body
from intake.web.forms.decision import problems
from intake.web.forms.fields import DESPITE_CHARACTERS, NOTE_CHARACTERS, lines
from intake.web.token_auth import editor

__all__ = ["Code", "Verdict", "bp"]

Verdict = Annotated[str, OneOf(VERDICTS)]
Code = Annotated[
    Annotated[str, OneOf(dict.fromkeys(code for codes in REASONS.values() for code in codes))] | None,
    Field(description=f"Why. Of each verdict: {REASONS}"),
]


Despite = Annotated[
    Annotated[str, TextRule(DESPITE_CHARACTERS, clean_line)],
    Field(description="Why you go on although points of the checklist are open. The history shows it."),
]


class VersionBody(Body):
    """Request with only the submission's version that the API client has read."""

    version: Version


class DecisionBody(VersionBody):
    """Decision on a submission: verdict, reason, and message to the contributor."""

    verdict: Verdict
    code: Code = None
    message: Annotated[
        Annotated[str, TextRule(NOTE_CHARACTERS, lines)] | None,
        Field(description="The contributor reads it."),
    ] = None
    despite: Despite = ""
    no_message: Annotated[bool, Field(description="Send no message. Required to reject without one.")] = False

    @property
    def words(self) -> str:
        """The message without surrounding white space, or ""."""
        return (self.message or "").strip()

    def problems(self) -> dict[str, list[str]]:
        """Check the rules of a decision. The desk's form has the same rules."""
        found = problems(self.verdict, self.code or "", self.words, silent=self.no_message)
        return {name: [sentence] for name, sentence in found.items()}

    def decision_input(self) -> decide.DecisionInput:
        """Return the decision. Its message is None if none is to be sent."""
        return decide.DecisionInput(
            self.verdict, self.code, None if self.no_message else self.words or None, self.despite
        )


@bp.post("/submissions/<uuid:submission_id>/decisions", endpoint="decide")
@program_requires("submission.decide")
@operation(
    "decide",
    "Decide on a submission.",
    answers=DONE,
    refusals=CONFLICT,
    example={"verdict": "reject", "version": 3, "code": "late", "message": "Thank you for this."},
)
def take_decision(submission_id: uuid.UUID, body: DecisionBody) -> SubmissionAnswer:
    """Accept, reject, ask for changes, hold, or mark as spam."""
    with transaction() as session:
        decide.decide(session, submission_id, editor(), body.version, body.decision_input())
    return current(submission_id)


@bp.delete(f"/submissions/<uuid:submission_id>/decisions/<int(max={BIGINT_MAX}):decision_id>")
@program_requires("submission.decide")
@operation(
    "undo",
    "Undo a decision.",
    refusals={
        404: "No such decision of this submission.",
        409: "It has taken effect or was undone already.",
    },
)
def undo(submission_id: uuid.UUID, decision_id: int) -> SubmissionAnswer:
    """Undo a decision that has not taken effect.

    Needs no version, because the URL contains the decision's id.
    """
    with transaction() as session:
        settle.undo(session, submission_id, decision_id, editor())
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/reopenings")
@program_requires("submission.decide")
@operation(
    "reopen",
    "Reopen a decided submission.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 4},
)
def reopen(submission_id: uuid.UUID, body: VersionBody) -> SubmissionAnswer:
    """Bring a decided, unpublished submission back to review."""
    with transaction() as session:
        settle.reopen(session, submission_id, editor(), body.version)
    return current(submission_id)
