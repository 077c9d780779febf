from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, update

from intake.audit import heads, linking
from intake.db import transaction
from intake.jobs.ledger import schedule
from intake.models import Editor, Job
from intake.settings import settings
from tests.cast import RunJobs
from tests.post_office import PostOffice, closed_port


@pytest.fixture
def mailing(post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, chief: Editor) -> Iterator[PostOffice]:
    """Settings with a mail server of the test."""
    monkeypatch.setenv("TRANSOM_SMTP_URL", f"smtp://127.0.0.1:{post_office.port}")
    settings.cache_clear()
    yield post_office
    settings.cache_clear()


def ask(week: int) -> None:
    with transaction() as session:
        schedule(session, "notify.head", f"notify.head@{week}")


def test_chief_editors_get_the_head_every_week(
    mailing: PostOffice, editor: Editor, admin: Editor, run_jobs: RunJobs
) -> None:
    linking.link_all()
    with transaction() as session:
        head = str(heads.current(session))
    for week in (1, 2):
        ask(week)
        run_jobs()
    assert [to for to, _ in mailing.mails] == ["miriam@transom.example"] * 2
    (_, mail), _ = mailing.mails
    assert mail["Subject"] == "Transom: head of the chain of events, to keep"
    for text in mailing.texts():
        assert head in text.splitlines()
        # Mail folds long lines.
        assert f"transom audit verify --head {head}" in text.replace("=\r\n", "").replace("=\n", "")
        assert "/desk/chain" in text


def test_a_job_that_runs_twice_mails_once(mailing: PostOffice, run_jobs: RunJobs) -> None:
    linking.link_all()
    ask(1)
    run_jobs()
    with transaction() as session:
        session.execute(update(Job).values(status="pending", run_at=func.now()))
    run_jobs()
    assert len(mailing.mails) == 1


def test_nobody_who_wants_no_mail_gets_it(mailing: PostOffice, chief: Editor, run_jobs: RunJobs) -> None:
    linking.link_all()
    with transaction() as session:
        session.execute(update(Editor).values(mail=False))
    ask(1)
    run_jobs()
    assert mailing.mails == []


def test_nothing_is_mailed_before_the_first_link(mailing: PostOffice, run_jobs: RunJobs) -> None:
    ask(1)
    run_jobs()
    assert mailing.mails == []


def test_without_a_mail_server_the_job_is_done(chief: Editor, run_jobs: RunJobs) -> None:
    linking.link_all()
    ask(1)
    run_jobs()
    with transaction() as session:
        assert session.scalars(select(Job.status)).all() == ["done"]


def test_a_mail_that_failed_is_sent_by_the_next_attempt(
    mailing: PostOffice, chief: Editor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking.link_all()
    good = settings().smtp_url
    monkeypatch.setenv("TRANSOM_SMTP_URL", f"smtp://127.0.0.1:{closed_port()}")
    settings.cache_clear()
    ask(1)
    run_jobs()
    assert mailing.mails == []
    monkeypatch.setenv("TRANSOM_SMTP_URL", good)
    settings.cache_clear()
    with transaction() as session:
        session.execute(update(Job).values(run_at=func.now()))
    run_jobs()
    assert len(mailing.mails) == 1
