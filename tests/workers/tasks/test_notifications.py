import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.accounts.people import set_preferences
from intake.db import transaction
from intake.jobs.ledger import schedule
from intake.messages.notes import write_note
from intake.models import Editor, Event, Job, Notification, Submission, record
from intake.notifications import digest
from intake.notifications.notify import mark_read
from intake.queue.claims import claim
from intake.settings import settings
from intake.submissions.removal import withdraw
from tests.cast import Contributor, RunJobs
from tests.post_office import PostOffice, closed_port

SEVEN = datetime(2026, 11, 23, 7, 0, 2, tzinfo=UTC)


@pytest.fixture
def mailing(post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, editor: Editor) -> Iterator[PostOffice]:
    """Settings with a mail server of the test."""
    use(monkeypatch, f"smtp://127.0.0.1:{post_office.port}")
    yield post_office
    settings.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TRANSOM_SMTP_URL", url)
    settings.cache_clear()


@pytest.fixture
def later(run_jobs: RunJobs) -> Callable[[], list[str]]:
    """Run all jobs, including those that are due later."""

    def run() -> list[str]:
        with transaction() as session:
            session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))
        return run_jobs()

    return run


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs) -> Callable[[datetime], list[str]]:
    """Start the digest at the given time."""

    def run(now: datetime) -> list[str]:
        monkeypatch.setattr(digest, "database_time", lambda _session: now)
        with transaction() as session:
            schedule(session, "notify.digest", f"notify.digest@{int(now.timestamp()) // 3600}")
        return run_jobs()

    return run


def mention(submission: Submission, by: Editor, *whom: str) -> None:
    with transaction() as session:
        write_note(session, submission.id, by, " ".join(f"@{name}" for name in whom))


def test_several_mentions_in_a_short_time_are_one_mail(
    in_review: Submission,
    editor: Editor,
    other_editor: Editor,
    mailing: PostOffice,
    later: Callable[[], list[str]],
) -> None:
    for _ in range(3):
        mention(in_review, other_editor, "Asel")
    assert later().count("notify.now") == 3
    ((to, mail),) = mailing.mails
    assert (to, mail["Subject"]) == ("asel@transom.example", "Transom: something waits for you")
    assert "- 3 notes mention you" in mailing.texts()[0]
    for word in ("river", "Tomas", "Asel Nurbekova", str(in_review.id)):
        assert word not in str(mail)


def test_no_mail_leaves_in_the_same_minute(
    in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice, run_jobs: RunJobs
) -> None:
    mention(in_review, other_editor, "Asel")
    assert "notify.now" not in run_jobs()
    with transaction() as session:
        waits = session.scalars(select(Job.run_at - Job.created_at).where(Job.kind == "notify.now")).one()
    assert waits == timedelta(minutes=1)


def test_what_was_seen_meanwhile_needs_no_mail(
    in_review: Submission,
    editor: Editor,
    other_editor: Editor,
    mailing: PostOffice,
    later: Callable[[], list[str]],
) -> None:
    mention(in_review, other_editor, "Asel")
    with transaction() as session:
        mark_read(session, editor, in_review.id)
    later()
    assert mailing.mails == []


def test_the_editor_who_claimed_it_is_notified(
    contributor: Contributor, in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice,
    later: Callable[[], list[str]],
) -> None:  # fmt: skip
    with transaction() as session:
        claim(session, in_review.id, editor)
    with transaction() as session:
        claim(session, in_review.id, other_editor, takeover=True)
    later()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    later()
    assert [to for to, _ in mailing.mails] == ["asel@transom.example", "tomas@transom.example"]
    assert "- 1 of your claims was taken over" in mailing.texts()[0]
    assert "- 1 submission that you claimed, or that was assigned to you, was withdrawn" in mailing.texts()[1]


@pytest.mark.parametrize("why", ["does not want mail", "is switched off"])
def test_who_is_not_written_to(
    in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice, later: Callable[[], list[str]],
    why: str,
) -> None:  # fmt: skip
    mention(in_review, other_editor, "Asel")
    with transaction() as session:
        if why == "does not want mail":
            set_preferences(session, editor, mail=False, shortcuts=True, spelling=False)
        else:
            session.get_one(Editor, editor.id).active = False
    assert "notify.now" in later()
    assert mailing.mails == []


def test_without_a_server_nothing_is_tried(
    in_review: Submission, editor: Editor, other_editor: Editor, later: Callable[[], list[str]]
) -> None:
    mention(in_review, other_editor, "Asel")
    assert "notify.now" in later()
    with transaction() as session:
        assert session.scalars(select(Notification)).one().mailed_at is None
        assert session.scalars(select(Job.status).where(Job.kind == "notify.now")).all() == ["done"]


def test_what_did_not_leave_is_tried_again_and_no_log_has_the_address(
    in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice, later: Callable[[], list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    mailing.refused.add("asel@transom.example")
    mention(in_review, other_editor, "Asel")
    later()
    with transaction() as session:
        job = session.scalars(select(Job).where(Job.kind == "notify.now")).one()
        assert (job.status, job.error) == ("pending", "SMTPRecipientsRefused")
        assert "asel@" not in f"{job.traceback} {caplog.text}"
        assert session.scalars(select(Notification)).one().mailed_at is None
    mailing.refused.clear()
    later()
    assert len(mailing.mails) == 1


def test_a_digest_goes_out_once_at_its_hour(
    in_review: Submission, editor: Editor, chief: Editor, admin: Editor, mailing: PostOffice,
    at: Callable[[datetime], list[str]],
) -> None:  # fmt: skip
    for now in (SEVEN, SEVEN + timedelta(minutes=1), SEVEN + timedelta(hours=1), SEVEN + timedelta(hours=2)):
        at(now)
    assert [to for to, _ in mailing.mails] == ["asel@transom.example", "miriam@transom.example"]
    assert "- 1 submission waits for an editor" in mailing.texts()[0]
    at(SEVEN + timedelta(hours=6))
    assert len(mailing.mails) == 4


def test_a_digest_has_what_is_one_s_own(
    in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice,
    at: Callable[[datetime], list[str]],
) -> None:  # fmt: skip
    with transaction() as session:
        claim(session, in_review.id, editor)
        session.execute(update(Submission).values(waiting_since=func.now() - timedelta(hours=73)))
    mention(in_review, other_editor, "Asel")
    at(SEVEN)
    mine, theirs = mailing.texts()
    for line in (
        "1 of them is overdue",
        "1 submission is claimed by you",
        "1 notification for you is unread",
    ):
        assert line in mine
    assert "claimed by you" not in theirs
    assert "noted" not in theirs


@pytest.mark.parametrize("hour", [6, 11, 23])
def test_at_other_hours_nobody_is_written_to(
    in_review: Submission, mailing: PostOffice, at: Callable[[datetime], list[str]], hour: int
) -> None:
    assert at(SEVEN.replace(hour=hour)) == ["text.screen", "notify.digest"]
    assert mailing.mails == []


def test_where_there_is_nothing_to_say_nothing_is_said(
    editor: Editor, mailing: PostOffice, at: Callable[[datetime], list[str]], contributor: Contributor
) -> None:
    at(SEVEN)
    contributor.submit()
    at(SEVEN + timedelta(hours=1))
    assert mailing.mails == []
    assert mailing.connections == 0


def test_one_who_cannot_be_reached_holds_up_nobody(
    in_review: Submission, editor: Editor, other_editor: Editor, mailing: PostOffice,
    at: Callable[[datetime], list[str]], later: Callable[[], list[str]],
) -> None:  # fmt: skip
    mailing.refused.add("asel@transom.example")
    at(SEVEN)
    assert [to for to, _ in mailing.mails] == ["tomas@transom.example"]
    mailing.refused.clear()
    later()
    assert [to for to, _ in mailing.mails] == ["tomas@transom.example", "asel@transom.example"]


def test_while_the_server_is_away_a_digest_waits(
    in_review: Submission, editor: Editor, mailing: PostOffice, at: Callable[[datetime], list[str]],
    later: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use(monkeypatch, f"smtp://127.0.0.1:{closed_port()}")
    at(SEVEN)
    with transaction() as session:
        job = session.scalars(select(Job).where(Job.kind == "notify.digest")).one()
        assert job.status == "pending"
        assert job.error == "MailServerUnavailable: Nothing answers at the port of the mail server."
    use(monkeypatch, f"smtp://127.0.0.1:{mailing.port}")
    later()
    assert len(mailing.mails) == 1


def test_notifications_are_in_no_timeline(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    mention(in_review, other_editor, "Asel")
    with transaction() as session:
        told = session.scalars(select(Event).where(Event.name == "editor.told")).one()
        assert (told.submission_id, told.data) == (None, {"account": editor.id})


@pytest.mark.parametrize("wants_mail", [True, False])
def test_an_overruled_editor_is_told_once_and_mailed_as_their_settings_say(
    in_review: Submission,
    editor: Editor,
    other_editor: Editor,
    mailing: PostOffice,
    later: Callable[[], list[str]],
    wants_mail: bool,
) -> None:
    with transaction() as session:
        set_preferences(session, editor, mail=wants_mail, shortcuts=True, spelling=False)
        for _ in range(2):
            record(
                session,
                "approval.overruled",
                session.get_one(Submission, in_review.id),
                actor=session.get_one(Editor, other_editor.id),
                account=editor.id,
            )
    assert later().count("notify.overruled") == 2
    later()
    with transaction() as session:
        (notification,) = session.scalars(select(Notification))
        assert (notification.editor_id, notification.kind) == (editor.id, "overruled")
    assert len(mailing.mails) == wants_mail
    if wants_mail:
        assert "- 1 submission that you approved first was decided otherwise" in mailing.texts()[0]
