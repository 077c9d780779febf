"""API for batches, each one decision on several submissions: preview, start, read and undo."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from intake.db import transaction
from intake.decisions import batch_page
from intake.decisions.batch import request_batch, undo_batch
from intake.decisions.batch_eligibility import PROBLEMS, Eligibility
from intake.decisions.batch_page import BatchLine, Preview, SelectedSubmission, batch_for_token, progress
from intake.decisions.decide import DecisionInput
from intake.languages import NAMES
from intake.models.columns import BIGINT_MAX
from intake.models.decision import OUTCOMES, STATES
from intake.permissions.reach import reach_of
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.decisions import Code, Verdict
from intake.web.api.desk.publication_parts import Status
from intake.web.api.fields import OneOf, TextRule, Url, Whole
from intake.web.api.operation import WithStatus, operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.api.serialize import below, shared, whole
from intake.web.forms.batches import MOST, messages, problems
from intake.web.forms.fields import NOTE_CHARACTERS, lines
from intake.web.token_auth import editor

__all__ = ["bp"]

BATCH = f"/batches/<int(max={BIGINT_MAX}):batch_id>"
TWICE = "Please name each submission once."
NO_BATCH = {404: "No such batch."}
EXAMPLE: dict[str, Any] = {
    "verdict": "reject",
    "code": "late",
    "items": [{"id": "018f6b5e-4c1d-4a7e-9d52-0c4a3f1e7b60", "version": 3}],
    "messages": {"en": "Thank you for this."},
}
Language = Annotated[str, OneOf(sorted(NAMES))]
Problem = Annotated[Annotated[str, OneOf(PROBLEMS)] | None, Field(description=f"Why not: {PROBLEMS}")]
Address = Annotated[Url | None, Field(description="null: it cannot be read.")]


class ItemBody(Body):
    """Submission of a batch, with the version that the API client has read."""

    id: uuid.UUID
    version: Annotated[Whole, Field(ge=0, le=2**31 - 1, description="The version that you have read.")]


class BatchBody(Body):
    """Decision on several submissions, with the messages to their contributors."""

    verdict: Verdict
    code: Code = None
    items: Annotated[list[ItemBody], Field(min_length=1, max_length=MOST)]
    messages: Annotated[
        Mapping[Language, Annotated[str, TextRule(NOTE_CHARACTERS, lines)]] | None,
        Field(
            description="Language → what contributors read. Nobody is written to in a language that is left out."
        ),
    ] = None
    token: Annotated[
        uuid.UUID | None,
        Field(description="From the preview, or a new one. The same token is the same batch."),
    ] = None

    def problems(self) -> dict[str, list[str]]:
        """Check that each submission is listed only once."""
        return {"items": [TWICE]} if len(self.selected()) < len(self.items) else {}

    def selected(self) -> dict[uuid.UUID, int]:
        """Return submission id → version that the API client has read."""
        return {one.id: one.version for one in self.items}


class AskBody(BatchBody):
    """Request to start a batch. A repeated token starts no second batch."""

    token: Annotated[
        uuid.UUID, Field(description="From the preview, or a new one. The same token is the same batch.")
    ]


@dataclass(frozen=True)
class Selected(Eligibility):
    """Selected submission, with the reason if it cannot be decided."""

    version: Annotated[int, Field(description="The version that you sent.")]
    status: Status
    holder: Annotated[str | None, Field(description="Who has claimed it.")]
    problem: Problem
    title: str
    url: Address


@dataclass(frozen=True)
class SavedReply:
    """Saved reply that the batch's messages can use."""

    id: int
    name: str
    body: str


@dataclass(frozen=True)
class Writing:
    """Message to the contributors of one language."""

    language: str
    readers: Annotated[int, Field(description="Number of these contributors in `possible`.")]
    message: Annotated[str | None, Field(description="Exact text that they read. null: no message.")]
    replies: Annotated[list[SavedReply], Field(description="Saved replies for this verdict.")]


@dataclass(frozen=True)
class PreviewNow:
    """Preview of a batch."""

    possible: list[Selected]
    left_out: list[Selected]
    messages: list[Writing]
    errors: Annotated[
        Mapping[str, list[str]],
        Field(description="Field → what to correct first."),
    ]
    token: Annotated[uuid.UUID, Field(description="Token for the request.")]


@dataclass(frozen=True)
class Outcome(BatchLine):
    """Outcome of one submission in a batch."""

    outcome: Annotated[str, OneOf(OUTCOMES)]
    problem: Problem
    state: Annotated[Annotated[str, OneOf(STATES)] | None, Field(description="State of its decision.")]
    url: Address


@dataclass(frozen=True)
class BatchAnswer:
    """Current state of a batch."""

    id: int
    url: Url
    verdict: Verdict
    editor: str
    asked_at: datetime
    finished: Annotated[bool, Field(description="Every submission has its outcome.")]
    undone: bool
    may_undo: bool
    ends_at: Annotated[
        datetime | None,
        Field(description="Once finished: until when it can be undone."),
    ]
    items: list[Outcome]


@bp.post("/batches/preview")
@program_requires("submission.read")
@operation("previewBatch", "Preview a decision on several submissions. Nothing changes.", example=EXAMPLE)
def preview(body: BatchBody) -> PreviewNow:
    """Return the decisions and messages that the batch would cause, and the errors to correct first."""
    found, written = _look_ahead(body)
    return PreviewNow(
        [_selected(choice) for choice in found.possible],
        [_selected(choice) for choice in found.left_out],
        [_writing(code, found, written) for code in found.languages],
        problems(body.verdict, body.code or "", found, written),
        body.token or uuid.uuid4(),
    )


@bp.post("/batches")
@program_requires("submission.decide")
@operation(
    "askBatch",
    "Decide on several submissions. They are processed one by one.",
    answers={201: "Accepted.", 200: "A batch with this token exists already."},
    refusals={404: "One of these submissions does not exist."},
    example={**EXAMPLE, "token": "3f0c8e7a-52d4-4d0b-8f57-6a1b9c2e4d11"},
)
def begin(body: AskBody) -> WithStatus[BatchAnswer]:
    """Start a batch. If a batch with this token exists, answer 200 with that batch."""
    with transaction() as session:
        asked = batch_for_token(session, body.token)
    if asked is not None:
        return WithStatus(_one(asked), 200)
    found, written = _look_ahead(body)
    wrong = problems(body.verdict, body.code or "", found, written)
    if wrong:
        raise InvalidBody(wrong)
    decision_input = DecisionInput(body.verdict, body.code)
    with transaction() as session:
        batch_id = request_batch(
            session, editor(), body.token, decision_input, written, list(body.selected().items())
        )
    return WithStatus(_one(batch_id), 201)


@bp.get(BATCH)
@program_requires("submission.read")
@operation("readBatch", "A batch with the outcome of each submission.", refusals=NO_BATCH)
def batch(batch_id: int) -> BatchAnswer:
    """Return the progress of a batch, and the outcome of each submission."""
    return _one(batch_id)


@bp.delete(BATCH, endpoint="undo_batch")
@program_requires("submission.decide")
@operation(
    "undoBatch",
    "Undo what has not taken effect.",
    refusals={**NO_BATCH, 409: "All of it has taken effect or was undone."},
)
def undo(batch_id: int) -> BatchAnswer:
    """Undo all decisions of a batch that have not taken effect."""
    with transaction() as session:
        undo_batch(session, batch_id, editor())
    return _one(batch_id)


def _one(batch_id: int) -> BatchAnswer:
    with transaction() as session:
        found = progress(session, batch_id, reach_of(editor()))
    items = [Outcome(**vars(line), url=_address(line.id, line.title)) for line in found.lines]
    return BatchAnswer(**shared(BatchAnswer, found), items=items, url=below("batch", batch_id=batch_id))


def _selected(choice: SelectedSubmission) -> Selected:
    seen = choice.eligibility
    return Selected(**vars(seen), title=choice.title, url=_address(seen.id, choice.title))


def _address(ident: uuid.UUID, title: str) -> str | None:
    """Return the URL of a submission. None without a title, as the text is purged or not cleaned."""
    return whole(ident) if title else None


def _writing(code: str, found: Preview, written: Mapping[str, str]) -> Writing:
    """Return the message to the contributors of one language, and the saved replies in that language."""
    saved = [SavedReply(one.id, one.name, one.body) for one in found.replies.get(code, [])]
    readers = [choice for choice in found.possible if choice.eligibility.language == code]
    return Writing(code, len(readers), written.get(code), saved)


def _look_ahead(body: BatchBody) -> tuple[Preview, dict[str, str]]:
    with transaction() as session:
        found = batch_page.preview(session, editor(), body.verdict, body.selected())
    return found, messages(body.messages or {}, found.languages)
