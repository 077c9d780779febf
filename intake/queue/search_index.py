"""The search index. Call `index` after any change of a submission's searchable text."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Note, Photo, Revision, SearchEntry, Submission
from intake.models.lookup import newest_texts
from intake.text.search import STEMMERS, Terms
from intake.text.words import visible

# Uses the stemmer dictionaries directly: how PostgreSQL's parser splits words depends on the locale.
STEMS = text(
    "SELECT DISTINCT word, stem FROM unnest(cast(:words AS text[]), cast(:dictionaries AS text[])) AS given (word, dictionary),"
    " unnest(ts_lexize(dictionary::regdictionary, word)) AS stem"
)


def index(session: Session, submission: Submission) -> None:
    """Replace the index entry of a submission: title, text, name, tags, captions and notes.

    The entry of a submission without a cleaned text, or of a purged submission, is deleted.
    """
    session.flush()
    newest = _newest(session, submission)
    if newest is None or submission.status == "purged":
        session.execute(delete(SearchEntry).where(SearchEntry.submission_id == submission.id))
        return
    terms = _terms(session, submission, newest)
    found = stems(session, ((word, submission.language) for word in terms.words))
    vector = terms.vector(frozenset().union(*found.values()))
    filed = insert(SearchEntry).values(
        submission_id=submission.id,
        received_at=submission.received_at,
        arrival=submission.arrival,
        terms=vector,
    )
    session.execute(
        filed.on_conflict_do_update(index_elements=[SearchEntry.submission_id], set_={"terms": vector})
    )


def stems(session: Session | Connection, words: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return {word: stems}. `words` are (word, language code) pairs.

    Words without a stemmer, and stop words, have no stems.
    """
    asked = [(word, f"{STEMMERS[code]}_stem") for word, code in words if code in STEMMERS]
    found: dict[str, frozenset[str]] = {}
    if asked:
        given, dictionaries = zip(*asked, strict=True)
        for word, stem in session.execute(STEMS, {"words": list(given), "dictionaries": list(dictionaries)}):
            found[word] = found.get(word, frozenset()) | {stem}
    return found


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
    photos = select(Photo.caption, Photo.credit, Photo.alt).where(Photo.submission_id == submission.id)
    for photo in session.execute(photos.order_by(Photo.position)):
        yield from photo
    yield from session.scalars(
        select(Note.body).where(Note.submission_id == submission.id).order_by(Note.id.desc())
    )
