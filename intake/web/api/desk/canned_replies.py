"""API for saved replies: list, add, change and delete, or fill in for a submission."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from flask import Response
from pydantic import Field, WithJsonSchema

from intake.db import transaction
from intake.decisions.canned_replies import (
    ENGLISH,
    CannedReply,
    ReplyInput,
    add_reply,
    change_reply,
    delete_reply,
    get_reply,
    replies_for,
    reply_languages,
)
from intake.decisions.reasons import REASONS
from intake.errors import NameTaken, StaleRevision
from intake.languages import LANGUAGES
from intake.models.columns import BIGINT_MAX
from intake.review.submission_detail import submission_detail
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.decisions import Code, Verdict
from intake.web.api.fields import OneOf, TextRule
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody, QueryString
from intake.web.api.serialize import plain
from intake.web.errors import problem
from intake.web.forms.canned_replies import NO_NAME, NO_WORDS, TAKEN, replies_of, seen
from intake.web.forms.decision import OTHER_REASON
from intake.web.forms.fields import LINE_CHARACTERS, NOTE_CHARACTERS, lines, one_line

__all__ = ["bp"]

REPLY = f"/replies/<int(max={BIGINT_MAX}):reply_id>"
CHANGED = "A colleague has changed this reply. Look at it as `reply` has it, then send its `changed_at`."
NO_REPLY = {404: "No such reply."}
CHANGING: dict[int, str] = {
    **NO_REPLY,
    409: "A colleague has changed it (`stale`). `reply` is its current state.",
}
EXAMPLE = {"verdict": "reject", "language": "en", "name": "Kindly", "body": "Thank you for “{title}”."}
THEN = "2026-03-01T09:30:00.123456+00:00"
Language = Annotated[str, OneOf(sorted(LANGUAGES))]


class VerdictQuery(QueryString):
    """Filter of saved replies by verdict. The default is all verdicts."""

    verdict: Annotated[Verdict, Field(description="Default: all.")] = ""


class RepliesQuery(VerdictQuery):
    """Filter of saved replies by language and verdict."""

    language: Annotated[Language, Field(description="Default: en.")] = ENGLISH


class ReplyBody(Body):
    """Saved reply to create."""

    verdict: Verdict
    language: Language
    name: Annotated[
        str, TextRule(LINE_CHARACTERS, one_line, needed=NO_NAME), Field(description="For the editors.")
    ]
    body: Annotated[
        str,
        TextRule(NOTE_CHARACTERS, lines, needed=NO_WORDS),
        Field(description="{title} and {magazine} are filled in for a submission."),
    ]
    code: Annotated[Code, Field(description="Reason of the verdict that fills in the reply on the desk.")] = (
        None
    )

    def problems(self) -> dict[str, list[str]]:
        """Check that the reason belongs to the verdict."""
        fits = self.code is None or self.code in REASONS[self.verdict]
        return {} if fits else {"code": [OTHER_REASON]}

    def wording(self) -> ReplyInput:
        """Return the new content of the reply."""
        return ReplyInput(self.verdict, self.language, self.name, self.body, self.code)


class SeenBody(Body):
    """Saved reply that the API client has read, identified by its time of change."""

    # A plain string, because a value that is no time is answered as a conflict (409), not as an invalid body.
    changed_at: Annotated[
        str,
        WithJsonSchema({"type": "string", "format": "date-time"}),
        Field(description="The value that you have read."),
    ]


class ChangedReplyBody(ReplyBody, SeenBody):
    """New content of a saved reply, with the `changed_at` that the API client has read."""


@dataclass(frozen=True)
class ReplyAnswer(CannedReply):
    """Saved reply with verdict, language, name and text."""

    verdict: Verdict
    language: Language
    name: Annotated[str, Field(description="For the editors.")]
    body: Annotated[str, Field(description="{title} and {magazine} are filled in for a submission.")]


@dataclass(frozen=True)
class Replies:
    """Saved replies of one language."""

    items: list[ReplyAnswer]
    languages: Annotated[Mapping[str, int], Field(description="Number of replies by language.")]


@dataclass(frozen=True)
class FilledReplies:
    """Saved replies, filled in for a submission."""

    items: list[ReplyAnswer]


@bp.get("/replies")
@program_requires("reply.read")
@operation("listReplies", "Saved replies in one language.")
def replies(query: RepliesQuery) -> Replies:
    """Return the saved replies in one language, for one verdict or for all.

    The default language is English.
    """
    with transaction() as session:
        found = replies_for(session, query.language, query.verdict or None)
        counts = reply_languages(session)
    return Replies([_reply(one) for one in found if one.language == query.language], counts)


@bp.get("/submissions/<uuid:submission_id>/replies")
@program_requires("submission.read")
@operation("readyReplies", "Saved replies filled in for a submission: in its language, then in English.")
def ready(submission_id: uuid.UUID, query: VerdictQuery) -> FilledReplies:
    """Return the replies for a submission with placeholders filled in. English replies come last."""
    with transaction() as session:
        current = submission_detail(session, submission_id)
    return FilledReplies([_reply(one) for one in replies_of(current) if query.verdict in {"", one.verdict}])


@bp.post("/replies")
@program_requires("reply.change")
@operation("addReply", "Add a saved reply.", answers={201: "Saved."}, example=EXAMPLE)
def keep_reply(body: ReplyBody) -> ReplyAnswer:
    """Create a saved reply."""
    try:
        with transaction() as session:
            made = add_reply(session, body.wording()).id
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    return _now(made)


@bp.get(REPLY)
@program_requires("reply.read")
@operation("readReply", "One saved reply.", refusals=NO_REPLY)
def reply(reply_id: int) -> ReplyAnswer:
    """Return a saved reply. Its placeholders are not filled in."""
    return _now(reply_id)


@bp.put(REPLY)
@program_requires("reply.change")
@operation(
    "changeReply",
    "Change a saved reply.",
    refusals=CHANGING,
    example={**EXAMPLE, "changed_at": THEN},
)
def change(reply_id: int, body: ChangedReplyBody) -> ReplyAnswer | Response:
    """Change a saved reply. Answers 409 if a colleague has changed it since the API client read it."""
    try:
        with transaction() as session:
            change_reply(session, reply_id, seen(body.changed_at), body.wording())
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    except StaleRevision:
        return _changed(reply_id)
    return _now(reply_id)


@bp.post(f"{REPLY}/deletions")
@program_requires("reply.change")
@operation(
    "deleteReply",
    "Delete a saved reply. Messages that were sent with it stay.",
    answers={204: "Deleted."},
    refusals=CHANGING,
    example={"changed_at": THEN},
)
def drop_reply(reply_id: int, body: SeenBody) -> Response | None:
    """Delete a saved reply. Answers 409 if a colleague has changed it since the API client read it."""
    try:
        with transaction() as session:
            delete_reply(session, reply_id, seen(body.changed_at))
    except StaleRevision:
        return _changed(reply_id)
    return None


def _now(reply_id: int) -> ReplyAnswer:
    with transaction() as session:
        return _reply(get_reply(session, reply_id))


def _reply(saved: CannedReply) -> ReplyAnswer:
    return ReplyAnswer(**vars(saved))


def _changed(reply_id: int) -> Response:
    return problem(409, "It changed meanwhile", CHANGED, code="stale", reply=plain(_now(reply_id)))
