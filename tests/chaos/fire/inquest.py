"""Check of one submission against what was sent and against its own events."""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from intake import receipts
from intake.lifecycle import MOVES
from intake.models import Photo, Submission
from intake.models.photo import SIZES
from intake.storage import FileDamaged, files
from tests.chaos.fire.finding import Finding, doubled, lost, stuck
from tests.chaos.fire.parcel import Parcel

ONCE = ("submission.received", "text.clean", "submission.in_review")
OUTCOMES = ("clean", "refused")


def title_of(submission: Submission) -> str:
    """Title that the contributor gave."""
    raw = submission.revisions[0]
    title: str = json.loads(submission.unseal(raw.sealed or b"", "revision 0"))["title"]
    return title


def inquire(parcel: Parcel, submission: Submission) -> Iterator[Finding]:
    """All differences between a stored submission and what was sent."""
    if parcel.receipt and submission.receipt_hash != receipts.hashed(
        receipts.canonical(parcel.receipt) or ""
    ):
        yield lost(f"{parcel.title} is not there under the receipt that was given")
    if submission.status != "in_review":
        yield stuck(f"{parcel.title} is {submission.status}")
    yield from _events(parcel, submission)
    yield from _words(parcel, submission)
    yield from _photos(parcel, submission)


def _events(parcel: Parcel, submission: Submission) -> Iterator[Finding]:
    names = [event.name for event in submission.events]
    counts = Counter(names)
    for name in ONCE:
        yield from _once(f"{parcel.title}: {name}", counts[name])
    steps = [name.removeprefix("submission.") for name in names if name.startswith("submission.")]
    if not explains(steps, submission.status):
        yield stuck(f"{parcel.title} is {submission.status}, which its events do not explain: {steps}")


def explains(steps: list[str], status: str) -> bool:
    """Return whether these statuses in this order are a path of the lifecycle to `status`."""
    if not steps or steps[0] != "received" or steps[-1] != status:
        return False
    moves = [(source, move.target) for move in MOVES.values() for source in move.sources]
    return all(step in moves for step in itertools.pairwise(steps))


def _words(parcel: Parcel, submission: Submission) -> Iterator[Finding]:
    cleaned = [revision.html or "" for revision in submission.revisions if revision.number]
    if len(cleaned) > 1:
        yield doubled(f"{parcel.title} has {len(cleaned)} cleaned texts")
    if cleaned and parcel.mark not in cleaned[0]:
        yield lost(f"{parcel.title} has lost its words")


def _photos(parcel: Parcel, submission: Submission) -> Iterator[Finding]:
    if len(submission.photos) != len(parcel.good):
        yield lost(f"{parcel.title} has {len(submission.photos)} photos of {len(parcel.good)}")
    for photo, good in zip(submission.photos, parcel.good, strict=False):
        name = f"{parcel.title}, photo {photo.position}"
        yield from _outcome(name, photo, [e.name for e in submission.events if e.photo_id == photo.id])
        if good and photo.status == "refused":
            yield lost(f"{name} is good and was refused: {photo.reason}")
        if not good and photo.status == "clean":
            yield lost(f"{name} is hostile and was let through")
        if photo.status == "clean":
            yield from _copies(name, photo, submission.key)


def _outcome(name: str, photo: Photo, events: Iterable[str]) -> Iterator[Finding]:
    outcomes = [event.removeprefix("photo.") for event in events if event.removeprefix("photo.") in OUTCOMES]
    yield from _once(f"{name}: its outcome", len(outcomes))
    if outcomes and outcomes[-1] != photo.status:
        yield stuck(f"{name} is {photo.status}, and its events say {outcomes[-1]}")


def _copies(name: str, photo: Photo, key: bytes) -> Iterator[Finding]:
    for size in SIZES:
        try:
            files().read(photo.clean_name(size), key)
        except (OSError, FileDamaged) as error:
            yield lost(f"{name}: its copy {size} cannot be read: {type(error).__name__}")


def _once(what: str, count: int) -> Iterator[Finding]:
    if count > 1:
        yield doubled(f"{what} happened {count} times")
    elif not count:
        yield stuck(f"{what} never happened")
