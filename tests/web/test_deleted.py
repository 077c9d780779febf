"""Sentences about traces of deleted submissions follow from settings and scrubs."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Backup, Editor, Scrub, Submission
from intake.notifications.notify import notify
from intake.submissions import removal
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, receipt_of

SOON = "The last traces in the files of our database are gone within a day."
LATER = "Traces may stay in the files of our database for longer."
NO_NUMBER = "If there are older backups, they keep a copy until they are deleted."


def scrubbed(ago: timedelta = timedelta(), *problems: str) -> None:
    at = datetime.now(UTC) - ago
    with transaction() as session:
        session.merge(Scrub(id=1, tried_at=at, succeeded_at=at, problems=list(problems)))


@pytest.mark.parametrize(
    ("chosen", "backups"),
    [
        ({}, NO_NUMBER),
        ({"backup_days": 1}, "Copies in our backups are deleted within a day."),
        ({"backup_days": 30}, "Copies in our backups are deleted within 30 days."),
        ({"backup_keep": "7d,4w"}, "Copies in our backups are deleted within 29 days."),
        ({"backup_keep": "7d,4w", "backup_days": 60}, "Copies in our backups are deleted within 60 days."),
    ],
)
def test_a_contributor_is_told_of_traces_and_backups(
    made: Callable[..., Transom], run_jobs: RunJobs, chosen: dict[str, Any], backups: str
) -> None:
    contributor = Contributor(made(**chosen).test_client())
    receipt = receipt_of(contributor.send())
    run_jobs()
    assert backups not in contributor.look(receipt).text
    scrubbed()
    sure = {"receipt": receipt, "confirm": "y"}
    withdrawn = contributor.client.post("/receipt/withdrawals", data=sure).text
    assert f"<p>{SOON} {backups}</p>" in withdrawn
    run_jobs()
    assert newest().status == "purged"
    assert f"<p>{SOON} {backups}</p>" in contributor.look(receipt).text


@pytest.mark.parametrize("last", ["never", "long ago", "with a problem"])
def test_without_working_scrubs_less_is_promised(contributor: Contributor, last: str) -> None:
    receipt = receipt_of(contributor.send())
    if last != "never":
        scrubbed(
            *((timedelta(hours=37),) if last == "long ago" else (timedelta(), "The table events was in use."))
        )
    page = contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"}).text
    assert f"<p>{LATER} {NO_NUMBER}</p>" in page
    assert SOON not in page
    assert "The table events" not in page


def test_while_backups_are_older_than_promised_no_number_is_told(
    made: Callable[..., Transom], run_jobs: RunJobs
) -> None:
    contributor = Contributor(made(backup_keep="7d").test_client())
    receipt = receipt_of(contributor.send())
    run_jobs()
    with transaction() as session:
        for days in (0, 9):
            at = datetime.now(UTC) - timedelta(days=days)
            session.add(Backup(id=uuid.uuid4(), place="/srv", made_at=at, is_encrypted=True))
    page = contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"}).text
    assert NO_NUMBER in page


def test_an_editor_who_is_told_of_a_withdrawal_reads_it_too(
    contributor: Contributor, editor: Newsroom, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    scrubbed()
    with transaction() as session:
        submission = session.scalars(select(Submission)).one()
        notify(session, session.scalars(select(Editor.id)).one(), submission, "withdrawn")
        submission_id = submission.id
    assert SOON not in editor.get("/desk/for-you").text
    contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"})
    with transaction() as session:
        removal.purge(session, submission_id)
    assert f"nothing is left to open. {SOON} {NO_NUMBER}</p>" in editor.get("/desk/for-you").text
