"""Every column that could hold words is sealed, or listed here with the reason why it is in clear."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import Base, transaction
from intake.models import (
    Batch,
    Decision,
    Draft,
    Editor,
    LegalHold,
    Message,
    Note,
    Opening,
    Photo,
    PublicationNote,
    ReadingLink,
    Reply,
    Revision,
    Submission,
)
from intake.models.sealing.words import WithWords
from intake.settings import Settings
from intake.submissions import sealing
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.stored import everything
from tests.submissions.test_removal_columns import KEPT, holds_words, tables

MARK = "CNRYsealed"

# Column in clear → reason why it holds no words of a contributor or of the desk about a submission.
IN_CLEAR = KEPT | {
    "submissions.consent_version": "The magazine's text, which all contributors read.",
    "submissions.consent_language": "A code of our list.",
    "submissions.consent_text": "The magazine's text, which all contributors read.",
    "submissions.signals": "Names of our list.",
    "photos.original_key": "A name of ours for a file.",
    "photos.full_key": "A name of ours for a file.",
    "photos.web_key": "A name of ours for a file.",
    "photos.thumb_key": "A name of ours for a file.",
    "photos.crop": "Places in the picture.",
    "photos.focus": "Places in the picture.",
    "photos.removed": "Kinds of metadata, in words of ours.",
    "photos.notes": "Codes and numbers.",
    "photos.reason": "A code of our list.",
    "retouches.what": "Places in the picture.",
    "face_searches.areas": "Places in the picture.",
    "revisions.report": "Codes and numbers.",
    "events.data": "Codes and numbers.",
    "event_links.salt": "Random bytes.",
    "checklist_ticks.point": "A code of the section's checklist.",
    "search_entries.terms": "Keyed hashes.",
    # Random bytes, keyed hashes, and words that are sealed in other ways than by `WithWords`.
    "submissions.contact": "Sealed.",
    "revisions.sealed": "Sealed.",
    "answers.sealed": "Sealed.",
    "answers.token_hash": "A keyed hash.",
    "messages.token_hash": "A keyed hash.",
    "reading_links.hash": "A keyed hash.",
    "reading_links.cookie_hash": "A keyed hash.",
    "submission_keys.wrapped": "A wrapped key.",
    "link_keys.wrapped": "A wrapped key.",
    "original_shares.first_share": "A wrapped key.",
    "original_shares.second_share": "A wrapped key.",
    "opening_shares.wrapped": "A wrapped key.",
}

MODELS: tuple[type[Any], ...] = (*sealing.OF_SUBMISSIONS, *sealing.OTHERS)


def sealed_columns() -> set[str]:
    """Names of all columns with sealed words."""
    return {
        f"{model.__tablename__}.{getattr(model, words.attribute).expression.name}"
        for model in MODELS
        for words in model.WORDS
    }


def test_every_model_with_sealed_words_is_sealed_by_the_migration() -> None:
    known = {one.class_ for one in Base.registry.mappers if issubclass(one.class_, WithWords)}
    assert known == set(MODELS)


def test_every_column_is_sealed_or_listed() -> None:
    words = {f"{table.name}.{one.name}" for table in tables() for one in table.columns if holds_words(one)}
    assert words - sealed_columns() == IN_CLEAR.keys() & words
    assert IN_CLEAR.keys() <= words
    assert not IN_CLEAR.keys() & sealed_columns()


def planted(session: Session, editor: Editor, here: uuid.UUID) -> Iterator[Any]:
    """Rows of every model with sealed words, each with the test's marker text in all its words."""
    revision = session.scalars(select(Revision).where(Revision.number == 1)).one()
    yield from (session.get_one(Submission, here), revision, session.scalars(select(Photo)).one())
    of: dict[str, Any] = {"submission_id": here}
    by = of | {"editor_id": editor.id}
    yield Decision(**by, revision_id=revision.id, verdict="hold", state="replaced")
    yield Message(**of)
    yield Note(**by)
    yield PublicationNote(**by, kind="retraction")
    yield Draft(**by, kind="note", version=1)
    link = ReadingLink(**by, name=MARK, hash=bytes(32), expires_at=dt.datetime.now(dt.UTC))
    yield link
    session.flush()
    yield Note(**of, link_id=link.id)
    yield LegalHold(**of, until=dt.date(2031, 1, 1), asked_by=editor.id)
    yield Opening(**of, asked_by=editor.id, ends_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    yield Batch(editor_id=editor.id, verdict="hold", token=uuid.uuid4())
    yield Reply(verdict="hold", language="en")


def value_of(column: str) -> Any:
    return (
        [MARK]
        if column == "tags"
        else {"word": MARK}
        if column in {"details", "fields", "messages", "filters"}
        else MARK
    )


def test_no_word_is_stored_in_clear(contributor: Contributor, editor: Editor, app_settings: Settings) -> None:
    here = contributor.submit(b"picture", contact=MARK, title=MARK, body=MARK, print_name=MARK)
    with transaction() as session:
        text_cleaned(session, here, cleaned(title=MARK, html=f"<p>{MARK}</p>", print_name=MARK))
    with transaction() as session:
        seen = set()
        for row in planted(session, editor, here):
            seen.add(type(row))
            for words in row.WORDS:
                setattr(row, words._name, value_of(words._name))
            session.add(row)
            session.flush()
        assert seen == set(MODELS)
    assert [name for name, text in everything(app_settings).items() if MARK in text] == []
    with transaction() as session:
        for model in MODELS:
            rows = [row for row in session.scalars(select(model)) if not isinstance(row, Revision | Reply)]
            for row in rows:
                assert {words._name: words.__get__(row, model) for words in model.WORDS} == {
                    words._name: value_of(words._name) for words in model.WORDS
                }
