"""Proof of work in real browsers: it clears a text sent too fast in a busy hour. Sending works without it, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.firefox import firefox
from tests.journeys.people import PASSWORD, at_the_desk
from tests.waiting import until
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

EDITOR = "asel@transom.example"
TEXT = "The water came over the wall at four."
# Use two texts, since a text that repeats two earlier submissions is suspicious even with proof of work.
OTHER_TEXT = "A cat sat on the roof of the school and did not come down before evening."


@contextmanager
def busy_installation(folder: Path) -> Iterator[Whole]:
    """Run an installation in which every form is sent too fast, in an hour with more submissions than usual."""
    env = {"TRANSOM_HOURLY_BUDGET": 1, "TRANSOM_FASTEST_SECONDS": 900}
    with running(folder, **env) as whole:
        whole.add_editor(EDITOR, PASSWORD, "editor")
        body = {"title": "The first", "body": "The first of this hour.", "consent": "yes"}
        assert whole.client.post("/api/v1/submissions", data=body).status_code == 201
        yield whole


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Busy installation for tests in Chromium."""
    with busy_installation(tmp_path_factory.mktemp("busy")) as whole:
        yield whole


@pytest.fixture
def desk(busy: Whole, browser: Browser) -> Iterator[Page]:
    """Page of a logged-in editor."""
    page = at_the_desk(busy, browser, EDITOR)
    yield page
    page.context.close()


def is_in(desk: Page, lane: str, title: str) -> bool:
    """Return whether a submission is in a lane."""
    desk.goto(f"/desk/?lane={lane}")
    return desk.get_by_text(title, exact=True).count() > 0


def write(whole: Whole, browser: Browser, title: str, **context: Any) -> Page:
    """Fill in the form in a new browser."""
    page = browser.new_page(base_url=whole.settings.base_url, locale="en-GB", **context)
    page.goto("/send")
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill(f"{title}. {TEXT}")
    page.locator("[name=consent]").check()
    return page


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("It has arrived").first).to_be_visible()
    page.context.close()


def test_a_browser_with_scripts_clears_itself_and_one_without_is_taken_in(
    busy: Whole, browser: Browser, desk: Page
) -> None:
    page = write(busy, browser, "With scripts")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    expect(page.locator("[name=proof]")).not_to_have_value("", timeout=60_000)
    press_send(page)
    press_send(write(busy, browser, "Without scripts", java_script_enabled=False))
    until(lambda: is_in(desk, "ours", "With scripts"), 60)
    until(lambda: is_in(desk, "suspicious", "Without scripts"), 60)
    assert not is_in(desk, "suspicious", "With scripts")
    assert errors == []


def test_sending_does_not_wait_for_the_work(busy: Whole, browser: Browser, desk: Page) -> None:
    page = write(busy, browser, "At once")
    page.locator("[name=proof]").evaluate("field => field.value = ''")
    press_send(page)
    until(lambda: is_in(desk, "ours", "At once") or is_in(desk, "suspicious", "At once"), 60)


def test_a_draft_is_worked_on_while_it_is_written(busy: Whole, browser: Browser, desk: Page) -> None:
    page = browser.new_page(base_url=busy.settings.base_url, locale="en-GB")
    page.goto("/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="I wrote it down: go on without typing").click()
    page.locator("[name=title]").fill("A draft")
    page.locator("[name=body]").fill(
        "Quite another story, of a dog that waits for its people at the station every day."
    )
    expect(page.locator("[name=proof]")).not_to_have_value("", timeout=60_000)
    proof = page.locator("[name=proof]").input_value()
    page.get_by_role("button", name="Check and send").click()
    expect(page.locator("[name=proof]")).to_have_value(proof)
    page.locator("[name=consent]").check()
    press_send(page)
    until(lambda: is_in(desk, "ours", "A draft"), 60)


def test_firefox_clears_itself_too(browser: Browser, tmp_path: Path) -> None:
    # Once several texts were hasty in an hour, a proof of work does not clear the next one. So this test has its own hour.
    with busy_installation(tmp_path) as alone:
        with firefox() as tab:
            tab.goto(f"{alone.settings.base_url}/en/send")
            tab.fill("[name=title]", "With Firefox")
            tab.fill("[name=body]", OTHER_TEXT)
            until(lambda: bool(tab.value("[name=proof]")), 60)
            tab.reload()
            assert tab.value("[name=proof]") == ""
            tab.fill("[name=title]", "With Firefox")
            tab.fill("[name=body]", OTHER_TEXT)
            until(lambda: bool(tab.value("[name=proof]")), 60)
            tab.press("I agree")
            tab.press("Send")
            tab.shows("It has arrived")
        desk = at_the_desk(alone, browser, EDITOR)
        until(lambda: is_in(desk, "ours", "With Firefox"), 60)
        desk.context.close()
