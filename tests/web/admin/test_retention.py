"""Page of the deletions by age, and periods and checklists on the page of settings."""

from collections.abc import Callable
from datetime import date

import pytest

from intake import checklists
from intake.db import transaction
from intake.magazine import setting_versions
from intake.models import DeletionCount
from intake.retention import report
from intake.settings import settings
from tests.cast import RunJobs
from tests.retention.conftest import pass_days
from tests.web.admin.test_settings import PAGE, fields, save
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, receipt_of

REPORT = "/admin/retention"


@pytest.fixture
def rejected(
    contributor: Contributor, editor: Newsroom, submitted: Callable[..., str], run_jobs: RunJobs
) -> Callable[[], str]:
    """Send a submission and reject it. Returns its receipt."""

    def make() -> str:
        receipt = receipt_of(contributor.send())
        run_jobs()
        one = newest()
        editor.post(
            f"/desk/submissions/{one.id}/decisions",
            verdict="reject",
            code="reject.other",
            no_message="y",
            version=str(one.version),
        )
        run_jobs()
        assert newest().status == "rejected"
        return receipt

    return make


def choices() -> dict[str, str]:
    with transaction() as session:
        return dict(setting_versions.current(session).choices)


def night(run_jobs: RunJobs, number: int = 1) -> None:
    from intake.jobs import ledger

    with transaction() as session:
        ledger.schedule(session, "retention.run", f"retention.run@{number}")
    run_jobs()


def test_a_shorter_period_is_shown_before_it_counts(
    admin: Newsroom, rejected: Callable[[], str], run_jobs: RunJobs
) -> None:
    rejected()
    night(run_jobs)
    pass_days(60)
    form = fields(admin.get(PAGE).text)
    asked = admin.post(PAGE, **{**form, "rejected_days": "10"})
    assert asked.status_code == 422
    assert "This will delete 1 submission tonight" in asked.text
    assert "Not accepted: 1 tonight, 0 more within a week" in asked.text
    assert choices() == {}
    # The admin agreed to 0 deletions, but there would be 1, so the page asks again.
    again = admin.post(PAGE, **{**form, "rejected_days": "10", "deletes": "now-0"})
    assert again.status_code == 422
    assert admin.post(PAGE, **{**form, "rejected_days": "10", "deletes": "now-1"}).status_code == 303
    assert choices() == {"rejected_days": "10"}
    night(run_jobs, 2)
    assert newest().status == "purged"


def test_with_notice_nothing_is_deleted_for_seven_days(
    admin: Newsroom, rejected: Callable[[], str], run_jobs: RunJobs
) -> None:
    receipt = rejected()
    night(run_jobs)
    pass_days(60)
    form = fields(admin.get(PAGE).text)
    assert admin.post(PAGE, **{**form, "rejected_days": "10", "deletes": "notice"}).status_code == 303
    night(run_jobs, 2)
    assert newest().status == "rejected"
    assert receipt
    pass_days(8)
    night(run_jobs, 3)
    assert newest().status == "purged"


def test_a_period_that_concerns_nothing_is_saved_at_once(admin: Newsroom) -> None:
    assert save(admin, rejected_days="10", **{"sections-0-spam": "5", "sections-1-contact": "7"}) == 303
    assert choices() == {"rejected_days": "10", "spam_days": "30,News=5", "contact_days": "90,Analysis=7"}
    page = fields(admin.get(PAGE).text)
    assert (page["sections-0-spam"], page["sections-1-spam"]) == ("5", "")


def test_checklists_are_set_on_the_page(admin: Newsroom) -> None:
    lists = {"sections-0-checklist": "captions, Read by a lawyer@publish", "checklist_others": "faces"}
    assert save(admin, **lists) == 303
    assert choices() == {"checklists": "News = captions, Read by a lawyer@publish; * = faces"}
    page = admin.get(PAGE).text
    assert fields(page)["sections-0-checklist"] == "captions, Read by a lawyer@publish"
    found = checklists.of_section("News", settings())
    assert found is not None
    assert [point.label for point in found.points] == ["Each photo has a caption", "Read by a lawyer"]
    assert save(admin, **{"sections-0-checklist": "a=b"}) == 422
    assert save(admin, **{"sections-0-checklist": "", "checklist_others": ""}) == 303
    assert choices() == {}


@pytest.mark.parametrize("days", ["0", "10000", "x"])
def test_days_that_cannot_be_are_refused(admin: Newsroom, days: str) -> None:
    answer = admin.post(PAGE, **{**fields(admin.get(PAGE).text), "sections-0-rejected": days})
    assert answer.status_code == 422
    assert 'id="sections-0-rejected-error"' in answer.text


def test_the_report_names_no_submission(admin: Newsroom) -> None:
    assert "Nothing deleted yet" in admin.get(REPORT).text
    assert admin.get(f"{REPORT}/report.csv").text.split() == ["month,status,section,deleted,count"]
    with transaction() as session:
        for section in ("News", "=SUM(A1)"):
            session.add(
                DeletionCount(
                    month=date(2026, 10, 1), status="spam", section=section, scope="submission", count=3
                )
            )
        report.count(session, "accepted", "News", "contact")
    page = admin.get(REPORT).text
    assert "October 2026" in page
    assert "Contact and messages" in page
    lines = admin.get(f"{REPORT}/report.csv")
    assert lines.mimetype == "text/csv"
    assert lines.text.splitlines()[2:] == [
        "2026-10,spam,'=SUM(A1),submission,3",
        "2026-10,spam,News,submission,3",
    ]


def test_the_receipt_says_the_same_day_for_spam(
    contributor: Contributor, editor: Newsroom, rejected: Callable[[], str], run_jobs: RunJobs
) -> None:
    days = [contributor.look(rejected()).text]
    receipt = receipt_of(contributor.send())
    run_jobs()
    one = newest()
    editor.post(f"/desk/submissions/{one.id}/decisions", verdict="spam", version=str(one.version))
    run_jobs()
    days.append(contributor.look(receipt).text)
    said = {page.partition("All of it is deleted on ")[2].partition(" at the latest")[0] for page in days}
    assert len(said) == 1
    assert said != {""}


def test_the_form_says_the_longest_period(admin: Newsroom, contributor: Contributor) -> None:
    save(admin, rejected_days="10", spam_days="10", **{"sections-0-rejected": "40"})
    page = contributor.client.get("/send").text
    assert "all of it is deleted 40 days after that decision" in page
    assert "deleted 90 days after the last decision or message" in page
