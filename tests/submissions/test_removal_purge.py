"""After a purge, no word of the contributor is left in any column of any table, or in any file."""

import uuid
from pathlib import Path

import pytest
from sqlalchemy import event, select

from intake.db import engine, transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, Revision, Submission
from intake.review.revise import Edit, revise
from intake.settings import Settings
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.stored import everything, paths

WORD = "CNRYpurge"


def stored(app_settings: Settings) -> list[Path]:
    return [path for path in app_settings.files_dir.rglob("*") if path.is_file()]


def test_nothing_is_left(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs, app_settings: Settings
) -> None:
    """The words are planted in every field of contributor and editor, and in the photo's metadata."""
    fields = {name: f"{WORD} {name}" for name in ("title", "body", "print_name", "contact")}
    contributor.submit(jpeg_with_gps(64, 48, WORD), b"no picture", **fields)
    run_jobs()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        for photo in found.photos:
            photo.caption = photo.credit = WORD
        edit = Edit(f"{WORD} edit", f"<p>{WORD}</p>", 1, f"{WORD} note")
        revise(session, found.id, editor, found.version, edit)
        decide(session, found.id, editor, found.version, DecisionInput("accept", None, f"{WORD} reason"))
    assert sum(WORD in rows for rows in everything(app_settings).values()) >= 3
    assert len(stored(app_settings)) == 3

    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert run_jobs() == ["decision.settle", "submission.purge"]

    assert {table: rows for table, rows in everything(app_settings).items() if WORD in rows} == {}
    assert stored(app_settings) == []
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert (found.status, found.keys, found.contact) == ("purged", [], None)
        assert list(session.scalars(select(Revision.sealed).order_by(Revision.number))) == [b"", None, None]


def test_what_was_done_stays_in_the_events(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        assert list(session.scalars(select(Event.name).order_by(Event.id))) == [
            "submission.received",
            "text.clean",
            "submission.in_review",
            "submission.withdrawn",
            "submission.purged",
        ]


def test_a_purge_may_be_repeated(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    for _ in range(2):
        with transaction() as session:
            purge(session, contributor.submission_id)
    with transaction() as session:
        events = list(session.scalars(select(Event.name)))
    assert events.count("submission.purged") == 1


def test_a_rejection_can_be_purged_though_it_must_have_a_reason(
    in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        decide(
            session,
            in_review.id,
            editor,
            in_review.version,
            DecisionInput("reject", "other", f"{WORD} reason"),
        )
    with transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        decision = session.get_one(Submission, in_review.id).decision
        assert decision is not None
        assert WORD not in (decision.message or "")


def test_what_is_under_review_is_not_purged(in_review: Submission) -> None:
    with pytest.raises(IllegalMove), transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).revisions[1].title == "Over the river"


def test_a_submission_that_is_not_there(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        purge(session, uuid.uuid4())


def test_files_of_others_stay(contributor: Contributor, run_jobs: RunJobs) -> None:
    picture = jpeg_with_gps(64, 48, WORD)
    contributor.submit(picture)
    kept = contributor.submission_id
    contributor.submit(picture)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    assert {path.parent.name for path in paths("clean")} == {str(kept)}
    assert paths("quarantine") == []


def test_the_wrapped_keys_go_first(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT"):
            written.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        with transaction() as session:
            purge(session, contributor.submission_id)
    finally:
        event.remove(engine(), "before_cursor_execute", note)
    assert written[0].startswith("DELETE FROM submission_keys")
    assert any(one.startswith("UPDATE submissions") for one in written)
