"""Check which of several submissions an editor can decide on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle
from intake.checklists.progress import open_points, progress_of
from intake.models import Decision, Editor, Submission
from intake.models.decision import VERDICTS
from intake.permissions.reach import reach_of
from intake.plurals import desk_noop
from intake.settings import settings

PROBLEMS = {
    "changed": desk_noop("It was changed after you selected it."),
    "checklist": desk_noop("Its checklist has open points. Accept it on its own page, with a reason."),
    "claimed": desk_noop("Somebody else has claimed it."),
    "decided": desk_noop("It was decided in the meantime."),
    "message": desk_noop("There is no message in its language that says what to change."),
    "given_up": desk_noop("The batch was stopped before this one was decided."),
    "not_now": desk_noop("Its status does not allow this decision."),
    "second_editor": desk_noop("You have approved it already. A second editor has to approve it too."),
    "withdrawn": desk_noop("It was withdrawn."),
}
"""Reason why a batch left out one of its submissions → its sentence."""


@dataclass(frozen=True)
class Eligibility:
    """A selected submission, and whether the editor can decide on it.

    `problem` is None if the editor can, else a key of PROBLEMS. `holder` is the name of the editor
    who has claimed the submission.
    """

    id: uuid.UUID
    version: int
    status: str
    language: str
    section: str
    holder: str | None
    problem: str | None


def check_eligibility(
    session: Session, editor: Editor, verdict: str, versions: Mapping[uuid.UUID, int], *, lock: bool = False
) -> list[Eligibility]:
    """Check each selected submission, in the given order. `versions` is {id: version that the editor saw}.

    A submission beyond the editor's reach looks like a deleted one. With `lock`, the submissions' rows are locked until the transaction ends.
    The number of queries does not depend on the number of submissions.
    """
    query = (
        select(Submission)
        .where(Submission.id.in_(versions), *reach_of(editor).conditions())
        .options(selectinload(Submission.claimant))
        .order_by(Submission.id)
        .execution_options(populate_existing=True)
    )
    rows = session.scalars(query.with_for_update(of=Submission) if lock else query)
    found = {submission.id: submission for submission in rows}
    refused = _refused(session, editor, versions, list(found.values())) if verdict == "accept" else {}
    return [
        _eligibility(found[ident], version, editor, verdict, refused.get(ident))
        if ident in found
        else _missing(ident, version)
        for ident, version in versions.items()
    ]


def _eligibility(
    submission: Submission, version: int, editor: Editor, verdict: str, refused: str | None
) -> Eligibility:
    holder = submission.claimant if submission.is_claimed else None
    problem = _problem(submission, version, verdict)
    if problem is None and holder is not None and holder.id != editor.id:
        problem = "claimed"
    problem = problem or refused
    return Eligibility(
        submission.id, version, submission.status, submission.language, submission.section,
        holder.name if holder else None, problem,
    )  # fmt: skip


def _problem(submission: Submission, version: int, verdict: str) -> str | None:
    if submission.status in lifecycle.GONE:
        return "withdrawn"
    if submission.settles_at is not None:
        return "decided"
    possible = lifecycle.can_move(VERDICTS[verdict], submission.status)
    if submission.version != version:
        return "changed" if possible else "decided"
    return None if possible else "not_now"


def _missing(ident: uuid.UUID, version: int) -> Eligibility:
    return Eligibility(ident, version, "purged", "", "", None, "withdrawn")


def _refused(
    session: Session, editor: Editor, versions: Mapping[uuid.UUID, int], submissions: Sequence[Submission]
) -> dict[uuid.UUID, str]:
    """Return {submission id: problem} of submissions that this editor cannot accept as they are."""
    points = progress_of(session, submissions)
    unsettled = dict.fromkeys((one for one in points if open_points(points[one], "accept")), "checklist")
    return unsettled | dict.fromkeys(_approved_by(session, editor, versions), "second_editor")


def _approved_by(session: Session, editor: Editor, versions: Mapping[uuid.UUID, int]) -> set[uuid.UUID]:
    """Return the submissions that this editor has approved and that wait for a second editor."""
    first = (
        select(Decision.submission_id)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(
            Decision.submission_id.in_(versions),
            Decision.state == "waiting",
            Decision.editor_id == editor.id,
            Submission.section.in_(settings().two_approval_sections),
        )
    )
    return set(session.scalars(first))
