"""A submission from its acceptance with an open checklist to its retraction, as editor and contributor see it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import path_of
from tests.journeys.people import decide
from tests.waiting import until
from tests.whole import Whole

TITLE = "The ferryman speaks"
ADDRESS = "https://magazine.example/ferryman"


def whole(page: Page) -> None:
    """Assert that the page has no axe violation, and fits a phone and a desktop."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.slow
def test_from_an_overridden_checklist_to_a_retraction(newsroom: Whole, asel: Page, browser: Browser) -> None:
    receipt = newsroom.submit(TITLE, section="Interview")
    path = until(lambda: path_of(asel, TITLE), 30)
    asel.goto(path)
    expect(asel.get_by_role("heading", name=re.compile("Checklist"))).to_contain_text("1 of 3")
    expect(asel.get_by_label("Accept although points are open: why?")).to_be_hidden()

    decide(asel, "Accept")
    expect(asel.get_by_role("heading", name="Please look at this again")).to_be_visible()
    whole(asel)
    asel.get_by_label("Accept although points are open: why?").fill("The second reader is on a boat.")
    asel.get_by_role("button", name="Accept", exact=True).click()
    until(lambda: "pill--accepted" in asel.request.get(path).text(), 30)

    asel.goto(path)
    expect(asel.get_by_text("The second reader is on a boat.")).to_be_visible()
    for point in ("A second person has read the text", "Lawyer asked"):
        asel.get_by_role("button", name=point).click()
        expect(asel.get_by_role("button", name=point)).to_have_attribute("aria-pressed", "true")
    expect(asel.locator(".checklist__about", has_text="By Asel")).to_have_count(2)
    whole(asel)
    asel.get_by_label("Published at").fill(ADDRESS)
    asel.get_by_role("button", name="Mark as published").click()
    expect(asel.get_by_text("Marked as published.").first).to_be_visible()

    asel.goto("/desk/calendar")
    expect(asel.get_by_role("link", name=TITLE)).to_be_visible()
    week = asel.locator(".calendar-head__week").inner_text()
    asel.keyboard.press("j")
    expect(asel.locator(".calendar-head__week")).not_to_have_text(week)
    whole(asel)
    asel.keyboard.press("k")
    expect(asel.locator(".calendar-head__week")).to_have_text(week)
    whole(asel)

    asel.goto(path)
    asel.get_by_role("link", name="Correct or retract it").click()
    asel.get_by_label("Published at").fill(f"{ADDRESS}-2")
    asel.get_by_role("button", name="Save the address").click()
    expect(asel.get_by_role("link", name=f"{ADDRESS}-2")).to_be_visible()
    asel.get_by_label("What was corrected").fill("The name of the ferry.")
    asel.get_by_role("button", name="Record the correction").click()
    expect(asel.get_by_text("The name of the ferry.")).to_be_visible()
    whole(asel)
    asel.get_by_label("Why it is retracted").fill("He asked us to.")
    asel.get_by_role("button", name="Retract", exact=True).click()
    expect(asel.get_by_text("Retracted. The contributor reads it with the receipt.").first).to_be_visible()
    expect(asel.get_by_text("He asked us to.")).to_be_visible()
    whole(asel)

    context = browser.new_context(base_url=newsroom.settings.base_url, locale="en-GB")
    theirs = context.new_page()
    theirs.goto("/receipt")
    theirs.locator("[name=receipt]").fill(receipt)
    theirs.get_by_role("button", name="Show me").click()
    expect(theirs.get_by_text("Your story is no longer published.")).to_be_visible()
    expect(theirs.locator(".pill--retracted")).to_have_text("Retracted")
    assert "He asked us to." not in theirs.content()
    whole(theirs)
    context.close()
