"""Legal holds: they require two people, end on a set day, and can be released earlier."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import NotFound
from intake.models import AccountNotice, Editor, Event, Notification, Submission
from intake.retention import holds
from intake.retention.holds import HoldRefused, ask, belongs, confirm, held_until, open_holds, release, today
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, RunJobs, join
from tests.retention.conftest import pass_days


def ask_for(submission: Submission, chief: Editor, days: int = 30) -> int:
    with transaction() as session:
        until = today(session) + timedelta(days=days)
        return ask(session, submission.id, chief, "A court wants it", until).id


def said() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Event.name).where(Event.name.like("hold.%")).order_by(Event.id)))


def is_held(submission: Submission) -> bool:
    with transaction() as session:
        return held_until(session, submission.id) is not None


def test_a_request_holds_nothing_before_a_second_person_confirms(
    in_review: Submission, chief: Editor, admin: Editor
) -> None:
    hold = ask_for(in_review, chief)
    assert not is_held(in_review)
    with pytest.raises(HoldRefused, match="Somebody else"), transaction() as session:
        confirm(session, hold, chief)
    assert not is_held(in_review)
    for _ in range(2):
        with transaction() as session:
            confirm(session, hold, admin)
    assert is_held(in_review)
    assert said() == ["hold.asked", "hold.confirmed"]
    with transaction() as session:
        (one,) = open_holds(session)
    assert (one.asked_by, one.confirmed_by, one.reason) == (chief.name, admin.name, "A court wants it")


def unread() -> list[tuple[str, int]]:
    """Kind and reader of all unread notifications and notices."""
    with transaction() as session:
        found = [
            *session.scalars(select(Notification).where(Notification.seen_at.is_(None))),
            *session.scalars(select(AccountNotice).where(AccountNotice.seen_at.is_(None))),
        ]
        return [(one.kind, one.editor_id) for one in found]


def test_all_who_may_confirm_are_notified(
    in_review: Submission, chief: Editor, admin: Editor, editor: Editor
) -> None:
    other, both = join("Other Chief", "chief"), join("Both", "chief", "admin")
    ask_for(in_review, chief)
    assert unread() == [("hold_asked", person.id) for person in (other, both, admin)]
    with transaction() as session:
        notice = session.scalars(select(AccountNotice)).one()
        assert (notice.about_id, notice.actor_id) == (chief.id, chief.id)
        waiting = [holds.waiting_for(session, person) for person in (chief, other, admin)]
    assert waiting == [0, 1, 1]


@pytest.mark.parametrize("end", [confirm, release])
def test_a_settled_request_notifies_nobody_any_more(
    in_review: Submission, chief: Editor, admin: Editor, end: Callable[..., object]
) -> None:
    other = join("Other Chief", "chief")
    hold = ask_for(in_review, chief)
    with transaction() as session:
        end(session, hold, other)
    assert unread() == []


def test_the_notice_stays_while_another_request_waits(
    in_review: Submission, chief: Editor, admin: Editor, contributor: Contributor, run_jobs: RunJobs
) -> None:
    hold = ask_for(in_review, chief)
    number = contributor.submit()
    run_jobs()
    with transaction() as session:
        ask_for(session.get_one(Submission, number), chief)
    with transaction() as session:
        confirm(session, hold, admin)
    assert set(unread()) == {("hold_asked", admin.id)}


def test_a_request_whose_day_passes_notifies_nobody_after_the_night(
    in_review: Submission, chief: Editor, admin: Editor, tonight: Callable[[], list[str]]
) -> None:
    other = join("Other Chief", "chief")
    ask_for(in_review, chief, days=2)
    pass_days(2)
    tonight()
    assert unread() == [("hold_asked", person.id) for person in (other, admin)]
    pass_days(1)
    tonight()
    assert unread() == []
    ask_for(in_review, chief)
    tonight()
    assert unread() == [("hold_asked", person.id) for person in (other, admin)]


def test_a_hold_ends_with_its_day(in_review: Submission, chief: Editor, admin: Editor) -> None:
    hold = ask_for(in_review, chief, days=2)
    with transaction() as session:
        confirm(session, hold, admin)
    pass_days(2)
    assert is_held(in_review)
    pass_days(1)
    assert not is_held(in_review)


def test_a_release_ends_it(in_review: Submission, chief: Editor, admin: Editor) -> None:
    hold = ask_for(in_review, chief)
    with transaction() as session:
        confirm(session, hold, admin)
    for _ in range(2):
        with transaction() as session:
            release(session, hold, chief)
    assert not is_held(in_review)
    assert said() == ["hold.asked", "hold.confirmed", "hold.released"]


def test_a_request_that_is_called_off_cannot_be_confirmed(
    in_review: Submission, chief: Editor, admin: Editor
) -> None:
    hold = ask_for(in_review, chief)
    with transaction() as session:
        release(session, hold, chief)
    with pytest.raises(HoldRefused, match="ended"), transaction() as session:
        confirm(session, hold, admin)
    assert said() == ["hold.asked", "hold.called_off"]


def test_a_longer_hold_extends_it(in_review: Submission, chief: Editor, admin: Editor) -> None:
    for days in (10, 20):
        hold = ask_for(in_review, chief, days)
        with transaction() as session:
            confirm(session, hold, admin)
    with transaction() as session:
        assert held_until(session, in_review.id) == today(session) + timedelta(days=20)


def test_one_request_waits_at_a_time_and_an_old_one_is_in_nobodys_way(
    in_review: Submission, chief: Editor
) -> None:
    ask_for(in_review, chief, days=1)
    with pytest.raises(HoldRefused, match="waits already"):
        ask_for(in_review, chief)
    pass_days(2)
    ask_for(in_review, chief)


@pytest.mark.parametrize("days", [-1, 4 * 365])
def test_the_day_is_within_three_years(in_review: Submission, chief: Editor, days: int) -> None:
    with pytest.raises(HoldRefused, match="three years"):
        ask_for(in_review, chief, days)


def test_a_purge_deletes_the_reason(contributor: Contributor, in_review: Submission, chief: Editor) -> None:
    hold = ask_for(in_review, chief)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        purge(session, in_review.id)
    with pytest.raises(NotFound), transaction() as session:
        confirm(session, hold, chief)
    with pytest.raises(HoldRefused, match="is deleted"):
        ask_for(in_review, chief)
    with transaction() as session:
        assert holds.open_holds(session) == []


def test_a_hold_of_another_submission(contributor: Contributor, in_review: Submission, chief: Editor) -> None:
    hold, other = ask_for(in_review, chief), contributor.submit()
    with transaction() as session:
        belongs(session, hold, in_review.id)
        for number, ident in ((hold, other), (hold + 1, in_review.id)):
            with pytest.raises(NotFound):
                belongs(session, number, ident)
