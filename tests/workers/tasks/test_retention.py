"""Nightly deletion by age, with a moved clock: what is deleted, what is kept, and how an aborted run resumes."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Answer, Editor, Event, Job, Message, Submission
from intake.retention import RULES, due, holds, report, steps
from intake.settings import Settings
from intake.submissions import expiry
from intake.submissions.removal import withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.retention.conftest import Decided, chosen, decided, pass_days, tonight
from tests.stored import everything, paths
from workers.tasks import retention

__all__ = ["chosen", "decided", "tonight"]
WORD = "CNRYage"
Tonight = Callable[[], list[str]]


def status(ident: uuid.UUID) -> str:
    with transaction() as session:
        return session.get_one(Submission, ident).status


def after(days: float, tonight: Tonight) -> None:
    """Let days pass after a first night, in which the periods come into force."""
    tonight()
    pass_days(days)
    tonight()


@pytest.mark.parametrize(("verdict", "days"), [("reject", 90), ("spam", 30)])
def test_age_deletes_what_was_not_accepted(
    decided: Decided, tonight: Tonight, app_settings: Settings, verdict: str, days: int
) -> None:
    ident = decided(verdict, title=WORD, contact=WORD)
    after(days - 1, tonight)
    assert status(ident) != "purged"
    pass_days(1.5)
    tonight()
    assert status(ident) == "purged"
    assert [table for table, rows in everything(app_settings).items() if WORD in rows] == []
    with transaction() as session:
        names = list(
            session.scalars(select(Event.name).where(Event.submission_id == ident).order_by(Event.id))
        )
        assert names[-2:] == ["retention.period_over", "submission.purged"]
        (line,) = report.lines(session)
    assert (line.status, line.section, line.scope, line.count) == (
        {"reject": "rejected"}.get(verdict, verdict),
        "News",
        "submission",
        1,
    )


@pytest.mark.parametrize("verdict", ["", "hold", "request_changes"])
def test_age_deletes_nothing_without_a_decision(
    contributor: Contributor, decided: Decided, tonight: Tonight, run_jobs: RunJobs, verdict: str
) -> None:
    if verdict:
        ident = decided(verdict, contact=WORD)
    else:
        ident = contributor.submit(contact=WORD)
        run_jobs()
    before = status(ident)
    after(4000, tonight)
    assert status(ident) == before
    with transaction() as session:
        assert session.get_one(Submission, ident).contact is not None


def test_files_go_too(decided: Decided, tonight: Tonight) -> None:
    decided("spam", jpeg_with_gps(64, 48, WORD))
    assert paths("clean")
    after(31, tonight)
    assert paths("clean") == []


def test_of_accepted_ones_contact_and_messages_go(decided: Decided, tonight: Tonight, editor: Editor) -> None:
    ident = decided("accept", contact=WORD)
    with transaction() as session:
        session.add(Message(submission_id=ident, editor_id=None, body=WORD))
        session.add(Message(submission_id=ident, editor_id=editor.id, body="From the desk"))
        session.add(Answer(submission_id=ident, token_hash=bytes(32), sealed=b"words"))
    after(89, tonight)
    with transaction() as session:
        assert session.get_one(Submission, ident).contact is not None
    pass_days(2)
    tonight()
    with transaction() as session:
        found = session.get_one(Submission, ident)
        assert (found.status, found.contact, found.revisions[1].title) == ("accepted", None, "Over the river")
        assert [one.body for one in found.messages] == ["From the desk"]
        assert list(session.scalars(select(Answer.sealed))) == [b""]
        (line,) = report.lines(session)
    assert (line.status, line.scope, line.count) == ("accepted", "contact", 1)
    tonight()
    with transaction() as session:
        assert [one.count for one in report.lines(session)] == [1]


def test_a_new_message_begins_the_time_anew(decided: Decided, tonight: Tonight) -> None:
    ident = decided("accept", contact=WORD)
    tonight()
    pass_days(80)
    with transaction() as session:
        session.add(Message(submission_id=ident, editor_id=None, body=WORD))
    pass_days(20)
    tonight()
    with transaction() as session:
        assert session.get_one(Submission, ident).contact is not None
    pass_days(72)
    tonight()
    with transaction() as session:
        assert session.get_one(Submission, ident).contact is None


def test_sections_have_periods_of_their_own(
    decided: Decided, tonight: Tonight, chosen: Callable[..., None]
) -> None:
    chosen(rejected_days="90, News=10")
    news, opinion = decided("reject"), decided("reject", section="Opinion")
    after(11, tonight)
    assert (status(news), status(opinion)) == ("purged", "rejected")


def test_a_shorter_setting_deletes_nothing_for_seven_days(
    decided: Decided, tonight: Tonight, chosen: Callable[..., None]
) -> None:
    ident = decided("reject")
    after(60, tonight)
    chosen(rejected_days="10")
    tonight()
    pass_days(6)
    tonight()
    assert status(ident) == "rejected"
    pass_days(2)
    tonight()
    assert status(ident) == "purged"


def hold(ident: uuid.UUID, chief: Editor, admin: Editor, days: int = 200) -> int:
    with transaction() as session:
        until = holds.today(session) + timedelta(days=days)
        asked = holds.ask(session, ident, chief, "A court wants it", until).id
    with transaction() as session:
        holds.confirm(session, asked, admin)
    return asked


def test_a_held_one_stays_until_its_release(
    decided: Decided, tonight: Tonight, chief: Editor, admin: Editor
) -> None:
    ident = decided("reject")
    asked = hold(ident, chief, admin)
    after(100, tonight)
    assert status(ident) == "rejected"
    with transaction() as session:
        holds.release(session, asked, chief)
    tonight()
    assert status(ident) == "purged"


def test_a_withdrawal_of_a_held_one_deletes_after_the_hold(
    contributor: Contributor, tonight: Tonight, run_jobs: RunJobs, chief: Editor, admin: Editor
) -> None:
    ident = contributor.submit()
    run_jobs()
    hold(ident, chief, admin, days=20)
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert run_jobs() == ["submission.purge"]
    after(20, tonight)
    assert status(ident) == "withdrawn"
    pass_days(1)
    tonight()
    assert status(ident) == "purged"


def test_a_hold_that_comes_between_the_list_and_the_deletion(
    decided: Decided, tonight: Tonight, chief: Editor, admin: Editor
) -> None:
    ident = decided("reject")
    tonight()
    pass_days(100)
    with transaction() as session:
        found = steps.adopt(session)
        assert due.due(session, RULES["rejected"], found) == [ident]
    hold(ident, chief, admin)
    with transaction() as session:
        assert not expiry.expire(session, ident, found)
    assert status(ident) == "rejected"


def test_an_interrupted_night_goes_on_where_it_stopped(
    decided: Decided, tonight: Tonight, monkeypatch: pytest.MonkeyPatch
) -> None:
    idents = [decided("reject") for _ in range(3)]
    tonight()
    pass_days(100)
    killed = iter([False, True])
    real = retention._expire

    def expire(ident: uuid.UUID, found: steps.Steps) -> None:
        if next(killed):
            raise KeyboardInterrupt
        real(ident, found)

    with monkeypatch.context() as broken:
        broken.setattr(retention, "_expire", expire)
        with pytest.raises(KeyboardInterrupt):
            retention.run(Job(id=1))
    assert sorted(map(status, idents)) == ["purged", "rejected", "rejected"]
    monkeypatch.setattr(due, "AT_ONCE", 1)
    tonight()
    assert set(map(status, idents)) == {"purged"}


def test_counts_ahead_say_what_the_night_deletes(decided: Decided, tonight: Tonight) -> None:
    decided("spam")
    tonight()
    pass_days(29.5)
    with transaction() as session:
        found = steps.in_force(session)
        counts = [due.count(session, RULES["spam"], found, timedelta(days=days)) for days in (0, 1)]
    assert counts == [0, 1]
