"""Preview and progress of a batch, for the batch pages of the desk."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from intake.decisions.batch_eligibility import Eligibility, check_eligibility
from intake.errors import NotFound
from intake.languages import fallbacks
from intake.models import Batch, BatchItem, Decision, Editor, Reply, Submission
from intake.models.lookup import titles
from intake.permissions.reach import Reach


@dataclass(frozen=True)
class SelectedSubmission:
    """A submission selected for a batch. `title` is empty if its text is not cleaned yet, or purged."""

    eligibility: Eligibility
    title: str


@dataclass(frozen=True)
class Preview:
    """Submissions that a batch would decide (`possible`), and submissions that the batch would leave out.

    `replies` is {language code: saved replies}.
    """

    possible: list[SelectedSubmission]
    left_out: list[SelectedSubmission]
    replies: dict[str, list[Reply]]

    @property
    def languages(self) -> list[str]:
        """Languages of the contributors who may get a message, most frequent first."""
        spoken = [choice.eligibility.language for choice in self.possible]
        return sorted(set(spoken), key=lambda code: (-spoken.count(code), code))


@dataclass(frozen=True)
class BatchLine:
    """Outcome of one submission of a batch. `state` is its decision's state, or None without a decision."""

    id: uuid.UUID
    title: str
    language: str
    outcome: str
    problem: str | None
    state: str | None


@dataclass(frozen=True)
class BatchProgress:
    """Progress of a batch.

    If `may_undo` is true, the batch can still be undone. `ends_at` is the end of the undo time, or None
    if the batch is not finished.
    """

    id: int
    verdict: str
    editor: str
    asked_at: datetime
    finished: bool
    undone: bool
    may_undo: bool
    ends_at: datetime | None
    lines: list[BatchLine]

    def of(self, outcome: str) -> list[BatchLine]:
        """Return the lines with this outcome."""
        return [line for line in self.lines if line.outcome == outcome]


def preview(session: Session, editor: Editor, verdict: str, versions: Mapping[uuid.UUID, int]) -> Preview:
    """Return the effect of a verdict on the submissions. `versions` is {id: version that the editor saw}."""
    seen = check_eligibility(session, editor, verdict, versions)
    words = titles(session, [one.id for one in seen if one.status != "purged"])
    choices = [SelectedSubmission(one, words.get(one.id, "")) for one in seen]
    possible = [choice for choice in choices if not choice.eligibility.problem]
    return Preview(
        possible,
        [choice for choice in choices if choice.eligibility.problem],
        _replies(session, verdict, {choice.eligibility.language for choice in possible}),
    )


def batch_for_token(session: Session, token: uuid.UUID) -> int | None:
    """Return the id of the batch that the form with this token has created, or None."""
    return session.scalar(select(Batch.id).where(Batch.token == token))


def progress(session: Session, batch_id: int, reach: Reach) -> BatchProgress:
    """Return the progress of a batch, with the submissions within `reach`.

    Raises NotFound for an unknown batch, and if the batch has no submission within `reach`.
    """
    batch = session.get(Batch, batch_id, options=[selectinload(Batch.items), selectinload(Batch.editor)])
    if batch is None:
        raise NotFound
    lines = _lines(session, batch, reach)
    if not lines:
        raise NotFound
    open_ones = [line for line in lines if line.state in {"taken", "waiting"} or line.outcome == "waiting"]
    return BatchProgress(
        batch.id, batch.verdict, batch.editor.name, batch.asked_at, batch.finished_at is not None,
        batch.undone_at is not None, bool(open_ones), _ends_at(session, batch), lines,
    )  # fmt: skip


def _lines(session: Session, batch: Batch, reach: Reach) -> list[BatchLine]:
    ids = [item.submission_id for item in batch.items]
    words = titles(session, ids)
    found = select(Submission.id, Submission.language).where(Submission.id.in_(ids), *reach.conditions())
    languages = _by_id(session, found)
    states = _by_id(
        session, select(Decision.submission_id, Decision.state).where(Decision.batch_id == batch.id)
    )
    return [_line(item, words, languages, states) for item in batch.items if item.submission_id in languages]


def _by_id(session: Session, query: "Select[uuid.UUID, str]") -> dict[uuid.UUID, str]:
    return {ident: word for ident, word in session.execute(query)}  # noqa: C416 - rows are not plain tuples to a type checker


def _line(
    item: BatchItem,
    words: Mapping[uuid.UUID, str],
    languages: Mapping[uuid.UUID, str],
    states: Mapping[uuid.UUID, str],
) -> BatchLine:
    ident = item.submission_id
    return BatchLine(
        ident, words.get(ident, ""), languages[ident], item.outcome, item.problem, states.get(ident)
    )


def _ends_at(session: Session, batch: Batch) -> datetime | None:
    if batch.finished_at is None:
        return None
    return session.scalar(
        select(func.max(Decision.settles_at)).where(Decision.batch_id == batch.id, Decision.state == "taken")
    )


def _replies(session: Session, verdict: str, codes: set[str]) -> dict[str, list[Reply]]:
    tags = {code: fallbacks(code) for code in codes}
    asked = {tag for found in tags.values() for tag in found}
    found = session.scalars(select(Reply).where(Reply.verdict == verdict, Reply.language.in_(asked)))
    kept = sorted(found, key=lambda reply: reply.name)
    return {
        code: [reply for tag in tags[code] for reply in kept if reply.language == tag]
        for code in sorted(codes)
    }
