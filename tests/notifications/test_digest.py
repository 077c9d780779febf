from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, update

from intake.accounts import administration
from intake.accounts.people import set_mail_choice, set_preferences
from intake.db import transaction
from intake.models import Editor, Submission
from intake.notifications import digest
from intake.notifications.digest import addressees, desk_counts, last_due
from intake.queue.assignments import assign
from intake.settings import Settings, settings
from tests.cast import Contributor

HOURS = [7, 13, 18]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("07:00:00", "07:00"),
        ("06:59:30", "07:00"),  # the clocks of two machines may differ by half a minute
        ("06:58:00", None),
        ("09:59:59", "07:00"),
        ("10:00:00", None),
        ("13:30:00", "13:00"),
        ("23:59:59", None),
        ("00:30:00", None),
    ],
)
def test_when_the_last_was_due(now: str, expected: str | None) -> None:
    day = datetime(2026, 11, 23, tzinfo=UTC)
    found = last_due(datetime.fromisoformat(f"2026-11-23T{now}+00:00"), HOURS)
    assert found == (expected and day + timedelta(hours=int(expected[:2])))


def test_a_digest_of_yesterday_is_due_after_midnight() -> None:
    assert last_due(datetime(2026, 11, 23, 0, 30, tzinfo=UTC), [23]) == datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_who_reads_and_wants_mail_is_written_to(
    editor: Editor, other_editor: Editor, chief: Editor, admin: Editor, outsider: Editor
) -> None:
    with transaction() as session:
        set_preferences(session, other_editor, mail=False, shortcuts=True, spelling=False)
    with transaction() as session:
        assert [one.id for one in addressees(session)] == [editor.id, chief.id]
        assert [one.id for one in addressees(session, only=chief.id)] == [chief.id]
        assert addressees(session, only=admin.id) == []


@pytest.mark.parametrize(("hours", "overdue"), [("72", 0), ("1", 1), ("72, News=2", 1), ("1, News=72", 0)])
def test_what_has_waited_too_long_for_its_section(
    in_review: Submission, monkeypatch: pytest.MonkeyPatch, hours: str, overdue: int
) -> None:
    with transaction() as session:
        session.execute(update(Submission).values(waiting_since=func.now() - timedelta(hours=3)))
    with transaction() as session:
        config = Settings(overdue_hours=hours)
        assert desk_counts(session, config) == {"waiting": 1, "overdue": overdue, "suspicious": 0}
    assert settings().overdue_hours == "72"


def test_the_digest_counts_what_the_editor_wants_mail_about(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    def waiting() -> int:
        with transaction() as session:
            return desk_counts(session, settings(), digest.mail_reach(session, editor.id))["waiting"]

    assert waiting() == 1
    for sections, languages, count in (
        ([in_review.section], [], 1), (["Opinion"], [], 0), ([], [in_review.language], 1), ([], ["fa"], 0), ([], [], 1),
    ):  # fmt: skip
        with transaction() as session:
            set_mail_choice(session, editor, sections, languages)
        assert waiting() == count, (sections, languages)
    with transaction() as session:
        administration.change_limits(
            session, editor.id, None, sections=["Opinion"], languages=[], reads_contact=False
        )
        set_mail_choice(session, editor, [in_review.section], [])
    assert waiting() == 0, "a choice never reaches beyond the limits"


def test_arrivals_are_counted_from_digest_to_digest(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    def arrived() -> int:
        with transaction() as session:
            counts, newest = digest.digest_counts(session, settings(), editor.id)
            digest.mark_arrivals(session, editor.id, newest)
            return counts["arrived"]

    assert arrived() == 0, "the first digest has nothing to compare with"
    contributor.submit()
    contributor.submit()
    assert arrived() == 2
    assert arrived() == 0


def test_own_assignments_are_counted(in_review: Submission, editor: Editor) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with transaction() as session:
        assign(session, in_review.id, editor, editor.id, due_on=yesterday)
    with transaction() as session:
        assert digest.assigned_counts(session, editor.id) == {"assigned": 1, "late": 1}
