import uuid

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Presence, Submission
from intake.queue.claims import claim
from intake.queue.presence import (
    HIDDEN_AFTER,
    Report,
    leave,
    present_editors,
    report_presence,
    text_keeper,
)
from tests.statements import statements


def seen(submission: Submission) -> list[dict[str, str]]:
    with transaction() as session:
        people: list[dict[str, str]] = present_editors(session, submission.id, but=0)["people"]
        return people


def is_doing(editor: Editor, doing: str) -> list[dict[str, str]]:
    return [{"name": editor.name, "doing": doing}]


def report(submission: Submission, editor: Editor, told: Report) -> bool:
    """Return whether other open pages were notified of the report."""
    with statements() as sent, transaction() as session:
        report_presence(session, submission.id, editor, told)
    return any("pg_notify" in one for one in sent)


def close(submission: Submission, editor: Editor, page: int = 0) -> bool:
    """Return whether other open pages were notified that the page is closed."""
    with statements() as sent, transaction() as session:
        leave(session, submission.id, editor, page)
    return any("pg_notify" in one for one in sent)


def test_somebody_comes_edits_and_goes(in_review: Submission, editor: Editor) -> None:
    for doing in ("reading", "editing"):
        report(in_review, editor, Report(doing))
        assert seen(in_review) == is_doing(editor, doing)
    close(in_review, editor)
    assert seen(in_review) == []


@pytest.mark.parametrize("busy", [True, False])
def test_who_is_busy_keeps_the_claim(in_review: Submission, editor: Editor, *, busy: bool) -> None:
    with transaction() as session:
        claim(session, in_review.id, editor)
        session.execute(update(Submission).values(claimed_until=func.now()))
    with transaction() as session:
        report_presence(session, in_review.id, editor, Report("reading", busy))
    with transaction() as session:
        counts = session.scalars(select(Submission.claimed_until > func.now())).one()
    assert counts is busy


def test_there_is_no_such_submission(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        report_presence(session, uuid.uuid4(), editor, Report("reading"))


def keeper(submission: Submission) -> str | None:
    with transaction() as session:
        found = text_keeper(session, submission.id)
        return found.name if found else None


def test_an_editor_with_two_pages_is_shown_once(in_review: Submission, editor: Editor) -> None:
    report(in_review, editor, Report("editing", page=1))
    report(in_review, editor, Report("reading", page=2))
    assert seen(in_review) == is_doing(editor, "editing")
    close(in_review, editor, 1)
    assert seen(in_review) == is_doing(editor, "reading")
    close(in_review, editor, 2)
    assert seen(in_review) == []


def test_a_page_is_shown_though_the_end_of_the_page_before_arrives_later(
    in_review: Submission, editor: Editor
) -> None:
    report(in_review, editor, Report("editing", page=1))
    report(in_review, editor, Report("reading", page=2))
    close(in_review, editor, 1)
    assert seen(in_review) == is_doing(editor, "reading")


@pytest.mark.parametrize("has_reported", [True, False])
def test_a_late_report_does_not_bring_a_closed_page_back(
    in_review: Submission, editor: Editor, *, has_reported: bool
) -> None:
    if has_reported:
        report(in_review, editor, Report("editing", page=1))
    close(in_review, editor, 1)
    late = Report("editing", page=1, keep="start")
    assert not report(in_review, editor, late)
    assert seen(in_review) == []
    assert keeper(in_review) is None


def test_others_are_notified_of_pages_that_come_change_and_go(in_review: Submission, editor: Editor) -> None:
    reading = Report("reading", page=1)
    assert report(in_review, editor, reading)
    assert not report(in_review, editor, reading)
    assert report(in_review, editor, Report("editing", page=1))
    age()
    assert report(in_review, editor, Report("editing", page=1))
    assert close(in_review, editor, 1)


def test_a_silent_page_is_not_shown_and_its_row_goes(in_review: Submission, editor: Editor) -> None:
    report(in_review, editor, Report("editing", page=1, busy=True, keep="start"))
    age()
    assert seen(in_review) == []
    report(in_review, editor, Report("reading", page=2))
    assert seen(in_review) == is_doing(editor, "reading")
    assert keeper(in_review) is None
    with transaction() as session:
        assert list(session.scalars(select(Presence.page))) == [2]


def age() -> None:
    """Make all reports old."""
    with transaction() as session:
        session.execute(update(Presence).values(seen_at=func.now() - HIDDEN_AFTER))


def test_any_page_of_the_editor_lets_others_edit_too(in_review: Submission, editor: Editor) -> None:
    report(in_review, editor, Report("editing", page=1, keep="start"))
    report(in_review, editor, Report("editing", page=2, keep="on"))
    assert keeper(in_review) == editor.name
    report(in_review, editor, Report("editing", page=2, keep="stop"))
    assert keeper(in_review) is None
    # The first page does not know yet that the second one withdrew the permission, and sends the old state.
    report(in_review, editor, Report("editing", page=1, keep="on"))
    assert keeper(in_review) is None


def test_the_first_who_asks_keeps_the_text(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    report(in_review, editor, Report("editing", page=1, keep="start"))
    report(in_review, other_editor, Report("editing", page=2, keep="start"))
    assert keeper(in_review) == editor.name
    report(in_review, editor, Report("editing", page=1, keep="on"))
    report(in_review, other_editor, Report("editing", page=2, keep="on"))
    assert keeper(in_review) == editor.name
    report(in_review, editor, Report("editing", page=1))
    assert keeper(in_review) is None
