"""Words of rows: sealed when they are written, opened when they are read, and bound to their row."""

import uuid

import pytest
from sqlalchemy import select, text, update

from intake.crypto import KeyFault
from intake.db import transaction
from intake.models import Revision, Submission, SubmissionKey
from intake.models.sealing.words import UnsealedWords
from intake.submissions.removal import destroy_keys
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.statements import statements

TITLE = "Over the river"


@pytest.fixture
def sent(contributor: Contributor) -> uuid.UUID:
    """A submission with a cleaned text."""
    contributor.submit()
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
    return contributor.submission_id


def newest(submission_id: uuid.UUID) -> Revision:
    with transaction() as session:
        return session.scalars(
            select(Revision).where(Revision.submission_id == submission_id, Revision.number == 1)
        ).one()


def stored(submission_id: uuid.UUID, column: str = "title") -> bytes:
    with transaction() as session:
        query = f"SELECT {column} FROM revisions WHERE submission_id = :id AND number = 1"
        return bytes(session.scalars(text(query), {"id": submission_id}).one())


def test_the_database_has_no_word(sent: uuid.UUID) -> None:
    assert TITLE.encode() not in stored(sent)
    assert stored(sent)[0] == 1
    assert newest(sent).title == TITLE


def test_a_row_is_read_after_its_session_has_ended(sent: uuid.UUID) -> None:
    row = newest(sent)
    assert (row.title, row.html, row.note) == (TITLE, "<p>The ice broke at noon.</p>", None)
    assert row.details["print_name"] == "A. N."


def test_new_words_are_read_before_they_are_written_and_after(sent: uuid.UUID) -> None:
    with transaction() as session:
        row = session.scalars(select(Revision).where(Revision.number == 1)).one()
        row.title = "Under the ice"
        assert row.title == "Under the ice"
        session.flush()
        assert row.title == "Under the ice"
        session.expire(row)
        assert row.title == "Under the ice"
    assert newest(sent).title == "Under the ice"


def test_words_that_stay_are_not_written_again(sent: uuid.UUID) -> None:
    before = stored(sent)
    with transaction() as session:
        row = session.scalars(select(Revision).where(Revision.number == 1)).one()
        assert row.title == TITLE
        row.title = TITLE
    assert stored(sent) == before


def test_what_is_rolled_back_is_not_read(sent: uuid.UUID) -> None:
    with transaction() as session:
        row = session.scalars(select(Revision).where(Revision.number == 1)).one()
        nested = session.begin_nested()
        row.title = "Under the ice"
        session.flush()
        nested.rollback()
        assert row.title == TITLE


def test_a_value_opens_in_no_other_row_and_column(sent: uuid.UUID, contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(title="Other"))
    other = contributor.submission_id
    for column, of in (("title", other), ("html", sent)):
        value = stored(of, column)
        with transaction() as session:
            here = (Revision.submission_id == sent) & (Revision.number == 1)
            session.execute(update(Revision).where(here).values(title_sealed=value))
        with pytest.raises(KeyFault):
            _ = newest(sent).title


def test_the_next_revision_does_not_open_what_was_sealed_for_this_one(sent: uuid.UUID) -> None:
    with transaction() as session:
        session.execute(update(Revision).where(Revision.number == 1).values(number=2))
    with transaction() as session, pytest.raises(KeyFault):
        _ = session.scalars(select(Revision).where(Revision.number == 2)).one().title


def test_words_whose_key_is_destroyed_are_empty_and_no_new_ones_are_sealed(
    sent: uuid.UUID, contributor: Contributor
) -> None:
    with transaction() as session:
        session.execute(update(Submission).values(status="withdrawn"))
        destroy_keys(session, sent)
    row = newest(sent)
    assert (row.title, row.details) == ("", {})
    with pytest.raises(KeyFault, match="destroyed"), transaction() as session:
        session.scalars(select(Revision).where(Revision.number == 1)).one().title = "New"


def test_words_that_are_not_sealed_cannot_be_stored(sent: uuid.UUID) -> None:
    with pytest.raises(TypeError), transaction() as session:
        session.execute(update(Revision).values(title_sealed=UnsealedWords("river")))


def test_the_keys_of_all_rows_are_loaded_by_one_query(contributor: Contributor) -> None:
    for number in range(5):
        contributor.submit()
        with transaction() as session:
            text_cleaned(session, contributor.submission_id, cleaned(title=f"Title {number}"))
    with transaction() as session:
        rows = session.scalars(select(Revision).where(Revision.number == 1)).all()
        with statements() as asked:
            assert {row.title for row in rows} == {f"Title {number}" for number in range(5)}
        assert len(asked) == 1
        assert SubmissionKey.__tablename__ in asked[0]


def test_with_a_receipt_this_submission_opens_and_no_other(
    sent: uuid.UUID, contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = contributor.receipt
    contributor.submit()
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
    monkeypatch.setattr("intake.keys.files.KeyHolder.private", _no_private_key)
    with transaction() as session:
        session.get_one(Submission, sent).open_with(receipt=receipt)
        rows = {
            row.submission_id: row for row in session.scalars(select(Revision).where(Revision.number == 1))
        }
        assert rows[sent].title == TITLE
        with pytest.raises(KeyFault, match="no private key"):
            _ = rows[contributor.submission_id].title


def _no_private_key(*_: object) -> None:
    raise KeyFault("There is no private key here.")
