"""A rejected submission is deleted after its retention period, and stays under a legal hold. Times are moved back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from intake.db import connect
from tests.journeys.conftest import CHIEF, path_of
from tests.journeys.hands import ChromiumHands
from tests.journeys.people import at_the_desk, decide
from tests.waiting import until
from tests.whole import Whole

SECOND = "second@transom.example"


def status_page(browser: Browser, whole: Whole, receipt: str) -> str:
    context = browser.new_context(base_url=whole.settings.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/receipt")
    page.locator("[name=receipt]").fill(receipt)
    page.locator("main button[type=submit]").click()
    said = page.locator("main").inner_text()
    context.close()
    return said


def pass_days(whole: Whole, path: str, days: int) -> None:
    """Move the decision, and the notice of the periods, into the past."""
    back = timedelta(days=days)
    engine = connect(whole.settings.sqlalchemy_url)
    with engine.begin() as database:
        moved = "UPDATE submissions SET waiting_since = waiting_since - :back WHERE id = :id"
        database.execute(text(moved), {"back": back, "id": path.rpartition("/")[2]})
        database.execute(text("UPDATE retention_steps SET not_before = not_before - :back"), {"back": back})
    engine.dispose()


def night(whole: Whole) -> None:
    done = whole.transom("schedule", "run", "retention.run", "--reason", "The clock of a test was moved")
    assert done.returncode == 0, done.stderr


def reject(whole: Whole, asel: Page, title: str) -> tuple[str, str]:
    """Send and reject a submission. Returns its receipt and its address."""
    receipt = whole.submit(title)
    path = until(lambda: path_of(asel, title), 30)
    asel.goto(path)
    decide(asel, "Reject", why="Something else", message="Thank you for sending it.")
    return receipt, path


@pytest.mark.slow
def test_age_deletes_and_a_hold_keeps(newsroom: Whole, asel: Page, browser: Browser) -> None:
    receipt, path = reject(newsroom, asel, "Rejected and old")
    kept_receipt, kept_path = reject(newsroom, asel, "Rejected and held")
    for one in (receipt, kept_receipt):
        until(lambda one=one: "All of it is deleted on" in status_page(browser, newsroom, one), 60)  # type: ignore[misc]
    day = re.search(r"deleted on (.+?) at the latest", status_page(browser, newsroom, receipt))
    assert day
    until_day = datetime.strptime(day[1], "%d %B %Y").replace(tzinfo=UTC)
    assert timedelta(days=89) < until_day - datetime.now(UTC) <= timedelta(days=91)
    asel.goto(path)
    expect(asel.get_by_text(f"This one goes on {day[1]}.")).to_be_visible()

    newsroom.add_editor(SECOND, "four words are good", "chief")
    chief = at_the_desk(newsroom, browser, CHIEF)
    chief.goto(kept_path)
    chief.get_by_role("link", name="Deletion and legal holds").click()
    chief.get_by_label("Reason").fill("A court asked for it.")
    last = (datetime.now(UTC) + timedelta(days=200)).date()
    chief.get_by_label("Keep it until").fill(last.isoformat())
    chief.get_by_role("button", name="Ask for the hold").click()
    expect(chief.get_by_text("Waits for a second person")).to_be_visible()
    expect(chief.get_by_role("button", name="Confirm the hold")).to_have_count(0)
    assert (ChromiumHands(chief).violations(), ChromiumHands(chief).overflow()) == ([], 0)
    second = at_the_desk(newsroom, browser, SECOND)
    second.goto(f"{kept_path}/holds")
    second.get_by_role("button", name="Confirm the hold").click()
    expect(second.get_by_text("In force", exact=True)).to_be_visible()
    words = f"{last.day} {last:%B %Y}"
    assert f"It is kept for legal reasons until {words}." in status_page(browser, newsroom, kept_receipt)

    until(lambda: _is_ready(newsroom), 60)
    for one in (path, kept_path):
        pass_days(newsroom, one, 100)
    night(newsroom)
    until(lambda: "Everything you sent has been deleted." in status_page(browser, newsroom, receipt), 60)
    assert "legal reasons" in status_page(browser, newsroom, kept_receipt)
    assert asel.goto(path).status == 404  # type: ignore[union-attr]
    asel.goto(kept_path)
    expect(asel.get_by_role("heading", name="Rejected and held")).to_be_visible()
    chief.context.close()
    second.context.close()


def _is_ready(whole: Whole) -> bool:
    """Return whether the first nightly run has stored the periods."""
    engine = connect(whole.settings.sqlalchemy_url)
    with engine.begin() as database:
        found = database.execute(text("SELECT count(*) FROM retention_steps")).scalar_one()
    engine.dispose()
    return bool(found)
