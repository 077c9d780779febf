"""The setup assistant of a new installation, a changed setting that contributors see, and its reset. Without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PASSWORD
from tests.waiting import until
from tests.whole import Whole, running

OWNER = "owner@transom.example"
PAGES = (
    "/admin/settings",
    "/admin/settings/history",
    "/admin/settings/logo",
    "/admin/first-steps",
    "/admin/first-steps/end",
)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Whole]:
    """Installation without an account."""
    with running(tmp_path, TRANSOM_SECOND_FACTOR="optional") as whole:
        yield whole


def log_in(fresh: Whole, browser: Browser, **options: Any) -> Page:
    page = browser.new_context(
        base_url=fresh.settings.base_url, locale="en-GB", reduced_motion="reduce", **options
    ).new_page()
    page.goto("/login")
    page.locator("[name=email]").fill(OWNER)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    return page


def save(page: Page, label: str = "Save and go on") -> None:
    page.get_by_role("button", name=label, exact=True).click()


def name_on_the_form(fresh: Whole) -> str:
    return fresh.client.get("/send").text.partition("</title>")[0].rpartition("· ")[2]


@pytest.mark.slow
def test_from_the_first_login_to_a_restored_version(fresh: Whole, browser: Browser) -> None:
    fresh.add_editor(OWNER, PASSWORD, "chief", "admin")
    page = log_in(fresh, browser, java_script_enabled=False)
    expect(page.get_by_text("1 of 5")).to_be_visible()
    page.get_by_label("Name of the magazine").fill("The Lantern")
    save(page)
    expect(page.get_by_text("2 of 5")).to_be_visible()
    page.get_by_label("Italiano").uncheck()
    save(page)
    page.get_by_label("Sections").fill("News\nPoems")
    save(page)
    expect(page.get_by_text("4 of 5")).to_be_visible()
    save(page, "Later")
    page.get_by_label("Poems").check()
    save(page, "Save and finish")
    expect(page.get_by_role("heading", name="You can begin")).to_be_visible()
    until(lambda: name_on_the_form(fresh) == "The Lantern", 30)
    form = fresh.client.get("/send").text
    assert ">Poems</option>" in form
    assert 'hreflang="it"' not in form

    page.get_by_role("link", name="All settings").click()
    page.get_by_label("Name of the magazine").fill("The Window")
    save(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("is saved")
    until(lambda: name_on_the_form(fresh) == "The Window", 30)

    page.get_by_role("link", name="All versions").click()
    page.get_by_role("link", name="Restore version 4").click()
    expect(page.get_by_text("The Lantern").last).to_be_visible()
    save(page, "Restore version 4")
    expect(page.get_by_text("by restoring version 4")).to_be_visible()
    until(lambda: name_on_the_form(fresh) == "The Lantern", 30)
    page.context.close()

    page = log_in(fresh, browser)
    for address in (*PAGES, "/admin/settings/versions/1"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": 360, "height": 740})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
            found = Axe().run(page)
            assert found.violations_count == 0, (address, scheme, found.generate_report())
    page.context.close()
