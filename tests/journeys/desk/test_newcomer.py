"""A new editor finds, edits, redacts, accepts and undoes a demo submission by the words on the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PASSWORD, decide
from tests.whole import Whole


@pytest.fixture
def newcomer(demo: Whole, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=demo.settings.base_url, locale="en-GB")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_one_submission_from_the_search_to_the_undo(newcomer: Page) -> None:
    page = newcomer
    _log_in(page)
    _find(page)
    _edit(page)
    _redact(page)
    _accept_and_take_back(page)


def _log_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill("asel@transom.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def _find(page: Page) -> None:
    page.get_by_role("searchbox").fill("vigil square")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="A vigil without words in Marrow Square").click()
    expect(page.get_by_role("heading", name="A vigil without words in Marrow Square")).to_be_visible()


def _edit(page: Page) -> None:
    page.get_by_role("link", name="Edit the text").click()
    page.get_by_label("Title", exact=True).fill("A vigil without a word")
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Nobody sang.")
    page.get_by_label("What you changed").fill("A shorter title.")
    page.get_by_role("button", name="Save as a new revision").click()
    expect(page.get_by_role("heading", name="A vigil without a word")).to_be_visible()
    expect(page.get_by_text("Nobody sang.")).to_be_visible()
    expect(page.get_by_text("A shorter title.")).to_be_visible()


def _redact(page: Page) -> None:
    page.get_by_role("link", name="View, redact or crop (Photo 1)").click()
    page.get_by_role("link", name="Redact: hide faces or signs").click()
    page.get_by_role("button", name="Add a box").click()
    page.get_by_role("button", name="Destroy what is marked").click()
    expect(page.get_by_text("will be destroyed")).to_be_visible()
    expect(page.get_by_text("will be destroyed")).to_have_count(0, timeout=60_000)
    page.get_by_role("link", name="Back to the submission").click()
    expect(page.get_by_text("earlier copies destroyed")).to_be_visible()


def _accept_and_take_back(page: Page) -> None:
    decide(page, "Accept")
    expect(page.get_by_text("Last decision")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    expect(page.get_by_role("heading", name="A vigil without a word")).to_be_visible()
