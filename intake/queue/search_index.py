"""The search index. Call `index` after any change of a submission's searchable text."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Cast, cast, delete, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Note, Photo, Revision, SearchEntry, Submission
from intake.models.lookup import newest_texts
from intake.queue import search_keys
from intake.text.terms.entry import Terms
from intake.text.terms.stemming import stems
from intake.text.words import visible


def index(session: Session, submission: Submission) -> None:
    """Replace the index entry of a submission: title, text, name, tags, captions and notes.

    The entry of a submission without a cleaned text, or of a purged submission, is deleted.
    Raises KeyFault in a process that serves only contributors. There, the job `search.index` replaces the entry.
    """
    session.flush()
    newest = _newest(session, submission)
    if newest is None or submission.status == "purged":
        session.execute(delete(SearchEntry).where(SearchEntry.submission_id == submission.id))
        return
    terms = _terms(session, submission, newest)
    found = stems((word, submission.language) for word in terms.words)
    generation = search_keys.current(session)
    place = generation.place(submission.id)
    keyed = terms.keyed(generation.keys[place], frozenset().union(*found.values()))
    entry = {"terms": keyed.vector, "links": _array(keyed.links), "bucket": generation.first_bucket + place}
    filed = insert(SearchEntry).values(
        submission_id=submission.id,
        received_at=submission.received_at,
        arrival=submission.arrival,
        **entry,
    )
    session.execute(filed.on_conflict_do_update(index_elements=[SearchEntry.submission_id], set_=entry))


def _array(links: Iterable[int]) -> Cast[Sequence[int]]:
    """Return links as one array literal, because psycopg would quote each of thousands of numbers."""
    return cast(literal(f"{{{','.join(map(str, links))}}}"), SearchEntry.links.type)


def _newest(session: Session, submission: Submission) -> Revision | None:
    found: Revision | None = session.scalar(newest_texts([submission.id], Revision))
    return found


def _terms(session: Session, submission: Submission, newest: Revision) -> Terms:
    terms = Terms()
    for words in (
        submission.short_id, newest.title, submission.print_name, *submission.tags, submission.region,
        *_captions_and_notes(session, submission), visible(newest.html or ""),
    ):  # fmt: skip
        terms.add(words or "")
    return terms


def _captions_and_notes(session: Session, submission: Submission) -> Iterable[str | None]:
    """Yield caption, credit and description of each photo, then the notes, newest note first."""
    photos = select(Photo).where(Photo.submission_id == submission.id)
    for photo in session.scalars(photos.order_by(Photo.position)):
        yield from (photo.caption, photo.credit, photo.alt)
    notes = select(Note).where(Note.submission_id == submission.id).order_by(Note.id.desc())
    yield from (note.body for note in session.scalars(notes))
