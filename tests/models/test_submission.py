import uuid
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from intake.crypto import KeyFault, new_key
from intake.db import transaction
from intake.lifecycle import DECIDED, MOVES, SCREENED, STATUSES, IllegalMove
from intake.models import Decision, Editor, Event, Photo, Revision, Submission
from intake.models.submission import EMPTIED
from intake.settings import Settings
from tests.models.rows import NOW, SUBMISSION, Rows, Violation

GONE = {"contact": None, "print_name": None, "consent_version": "", "status": "purged"}
SAMPLES = {bytes: b"sealed", str: "Almaty", datetime: NOW, int: 1}


def kind(column: str) -> type:
    """Python type of a column."""
    return Submission.__table__.c[column].type.python_type


REFUSED = [
    Violation("submissions", "ck_submissions_status", {"status": "lost"}),
    *(
        Violation("submissions", "ck_submissions_decided", {"status": status, "screened_at": NOW})
        for status in sorted(DECIDED)
    ),
    *(
        Violation(
            "submissions",
            "ck_submissions_screened",
            {"status": status, "decision_id": 1, "published_at": NOW},
        )
        for status in sorted(SCREENED)
    ),
    *(
        Violation("submissions", "ck_submissions_purged", GONE | {column: SAMPLES[kind(column)]})
        for column in EMPTIED
    ),
    Violation("submissions", "ck_submissions_purged", GONE | {"tags": ["water"]}),
    Violation("submissions", "ck_submissions_purged", GONE | {"priority": "high"}),
    Violation("submissions", "ck_submissions_purged", GONE | {"consent_text": "I agree."}),
    Violation("submissions", "ck_submissions_receipt_hash", {"receipt_hash": None}),
    Violation("submissions", "ck_submissions_priority", {"priority": "low"}),
    Violation("submissions", "ck_submissions_receipt_hash", {"receipt_hash": b"0123456789ABCDEF"}),
    Violation("submissions", "ck_submissions_version", {"version": 0}),
    Violation("submissions", "ck_submissions_claim", {"claimed_by": 1}),
    Violation("submissions", "ck_submissions_claim", {"claimed_until": NOW}),
    Violation("submissions", "ck_submissions_settles", {"settles_at": NOW}),
    Violation("submissions", "ck_submissions_corrected", {"corrected_at": NOW}),
    Violation("submissions", "ck_submissions_photo_count", {"photo_count": -1}),
    Violation("submissions", "ck_submissions_original_days", {"original_days": 91}),
    Violation(
        "submissions",
        "ck_submissions_published",
        {"status": "published", "screened_at": NOW, "decision_id": 1},
    ),
    Violation("submissions", "uq_submissions_receipt_hash", {"id": uuid.UUID(int=9)}, second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_a_purged_submission_without_words_or_key_is_let_in(rows: Rows) -> None:
    rows.insert("submissions", **GONE)


def test_a_purged_submission_whose_receipt_is_forgotten_is_let_in(rows: Rows) -> None:
    rows.insert("submissions", **GONE | {"receipt_hash": None})


def new_submission(status: str = "received") -> Submission:
    made = Submission(
        id=SUBMISSION,
        status=status,
        receipt_hash=bytes(32),
        language="en",
        section="News",
        consent_version="",  # as in a draft and after a purge
    )
    made.wrap(new_key(), "0" * 16)
    return made


@pytest.fixture
def submission(app_settings: Settings) -> Submission:
    made = new_submission()
    with transaction() as session:
        session.add(made)
    return made


@pytest.fixture
def decided(submission: Submission, editor: Editor) -> Submission:
    """Received submission with all columns that other statuses require, so that a test may set any status."""
    with transaction() as session:
        revision = Revision(submission_id=submission.id, number=1, title="Title", html="<p>Text</p>")
        session.add(revision)
        session.flush()
        decision = Decision(
            submission_id=submission.id, revision_id=revision.id, editor_id=editor.id, verdict="accept"
        )
        session.add(decision)
        session.flush()
        found = session.get_one(Submission, submission.id)
        found.decision_id, found.screened_at, found.published_at = decision.id, func.now(), func.now()
    return found


def test_a_legal_move_writes_status_version_and_event_in_one(decided: Submission, editor: Editor) -> None:
    for verb, source in ((verb, source) for verb, move in MOVES.items() for source in move.sources):
        with transaction() as session, session.begin_nested() as undone:
            submission = session.get_one(Submission, decided.id)
            submission.status, version = source, submission.version
            with session.no_autoflush:
                submission.move(verb, actor=editor, why=1)
                event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
            assert (submission.status, submission.version) == (MOVES[verb].target, version + 1)
            assert (event.name, event.data) == (MOVES[verb].event, {"why": 1})
            assert (event.submission_id, event.editor_id) == (submission.id, editor.id)
            undone.rollback()


@pytest.mark.parametrize("verb", MOVES)
def test_an_illegal_move_changes_nothing(verb: str) -> None:
    for source in set(STATUSES) - MOVES[verb].sources:
        submission = Submission(status=source)
        with pytest.raises(IllegalMove):
            submission.move(verb)
        assert submission.status == source


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=[])))
def test_any_string_is_sealed_and_unsealed(app_settings: Settings, plain: str) -> None:
    submission = new_submission()
    sealed = submission.seal(plain, "contact")
    assert submission.unseal(sealed, "contact") == plain


def test_what_is_sealed_opens_only_where_it_was_sealed(app_settings: Settings) -> None:
    submission, other = new_submission(), new_submission()
    other.id = uuid.UUID(int=2)
    other.open_with(key=submission.key)
    sealed = submission.seal("signal: +7 700", "contact")
    assert b"signal" not in sealed
    with pytest.raises(KeyFault):
        submission.unseal(sealed, "revision 0")
    with pytest.raises(KeyFault):
        other.unseal(sealed, "contact")


def test_the_short_id_is_the_beginning_of_the_long_one(app_settings: Settings) -> None:
    assert str(SUBMISSION).startswith(new_submission().short_id)
    assert len(new_submission().short_id) == 8


def test_revisions_and_photos_come_in_their_order(submission: Submission) -> None:
    with transaction() as session:
        session.add(Revision(submission_id=submission.id, number=1, title="Title", html=""))
        session.add(Revision(submission_id=submission.id, number=0, sealed=b"words"))
        for position in (2, 1):
            session.add(Photo(submission_id=submission.id, position=position, original_key="k"))
    with transaction() as session:
        found = session.get_one(Submission, submission.id)
        assert [revision.number for revision in found.revisions] == [0, 1]
        assert [photo.position for photo in found.photos] == [1, 2]
