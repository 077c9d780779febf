"""Final check of everything that was sent, from database and storage alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from intake.db import transaction
from intake.models import Job, Photo, Revision, Submission
from intake.models.job import NOT_A_CANARY
from intake.storage import files
from tests.chaos.fire.finding import Finding, doubled, lost, stuck
from tests.chaos.fire.inquest import inquire, title_of
from tests.chaos.fire.parcel import Parcel

COPIES = 3


@dataclass
class Tally:
    """`findings` is everything that is wrong, `counts` everything that exists."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def verdict(self) -> str:
        """Last line of a run."""
        kinds = Counter(finding.kind for finding in self.findings)
        return f"lost {kinds['lost']} doubled {kinds['doubled']} stuck {kinds['stuck']}"


def take(parcels: Sequence[Parcel]) -> Tally:
    """Compare everything that was sent with everything that is stored."""
    tally = Tally()
    with transaction() as session:
        found = _by_title(session)
        for parcel in parcels:
            tally.findings += _of_parcel(parcel, found.pop(parcel.title, []))
        tally.findings += [stuck(f"a submission that nobody sent: {len(some)}") for some in found.values()]
        tally.findings += _jobs(session)
        _count(session, tally.counts)
    tally.findings += _files(tally.counts["photos clean"])
    return tally


def _by_title(session: Session) -> dict[str, list[Submission]]:
    """Submissions by title of the contributor, so that duplicates are found."""
    wanted = (Submission.photos, Submission.revisions, Submission.events)
    found: dict[str, list[Submission]] = {}
    for one in session.scalars(select(Submission).options(*map(selectinload, wanted))):
        found.setdefault(title_of(one), []).append(one)
    return found


def _of_parcel(parcel: Parcel, found: Sequence[Submission]) -> Iterator[Finding]:
    if parcel.turned_away:
        yield lost(f"{parcel.title} was turned away with status {parcel.turned_away}")
    if parcel.receipt and not found:
        yield lost(f"{parcel.title} has a receipt and is not there")
    if len(found) > 1:
        yield doubled(f"{parcel.title} is there {len(found)} times")
    for submission in found:
        yield from inquire(parcel, submission)


def _jobs(session: Session) -> Iterator[Finding]:
    for job in session.scalars(select(Job).where(Job.status != "done", NOT_A_CANARY).order_by(Job.id)):
        yield stuck(f"job {job.id} {job.kind} is {job.status} after {job.attempts} attempts: {job.error}")


def _files(clean: int) -> Iterator[Finding]:
    """Files that no photo needs. Needed copies are read when their photo is checked."""
    for one in files().listing("quarantine"):
        yield stuck(f"{one.name} is left in quarantine")
    extra = len(list(files().listing("clean"))) - COPIES * clean
    if extra > 0:
        yield stuck(f"{extra} files too many among the clean ones")


def _count(session: Session, counts: Counter[str]) -> None:
    def by(column: Any) -> list[tuple[str, int]]:
        return [
            (str(name), count)
            for name, count in session.execute(select(column, func.count()).group_by(column))
        ]

    counts.update({f"submissions {status}": count for status, count in by(Submission.status)})
    counts.update({f"photos {status}": count for status, count in by(Photo.status)})
    counts.update({f"jobs {status}": count for status, count in by(Job.status)})
    repeated = select(func.coalesce(func.sum(Job.attempts - 1), 0)).where(Job.attempts > 1)
    counts["attempts of jobs beyond the first"] = session.scalar(repeated) or 0
    skip_html = select(func.count()).where(Revision.report["too_long"].as_boolean())
    counts["texts kept as text for want of time"] = session.scalar(skip_html) or 0
