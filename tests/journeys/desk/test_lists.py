"""Working through a list: its place, its next submission, and the way back. On a phone, the sheet."""

import itertools
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Send
from tests.journeys.people import decide
from tests.whole import Whole

NUMBERS = itertools.count(1)
SMALL = """[...document.querySelectorAll("dialog[open] :is(button, input, select, summary, a), .bulk button, .decide-bar a")]
  .filter((one) => one.checkVisibility() && !one.disabled)
  .filter((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < 24; })
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def region(send: Send) -> str:
    """Word that occurs only in three waiting submissions, whose titles are First, Second and Third with this word."""
    word = f"zebra{next(NUMBERS)}"
    for title in ("First", "Second", "Third"):
        send(f"{title} {word}", body=f"A {word} in the street.")
    return word


def title(page: Page) -> str:
    return page.locator("main h1").inner_text().split()[0]


def test_a_search_is_worked_through_while_a_colleague_decides(asel: Page, tomas: Page, region: str) -> None:
    asel.goto(f"/desk/?q={region}&sort=oldest")
    asel.get_by_role("link", name=f"First {region}").click()
    place = asel.locator(".beside__place")
    expect(place).to_have_text("1 of 3")
    asel.get_by_role("link", name="Next", exact=True).click()
    expect(place).to_have_text("2 of 3")
    tomas.goto("/desk/?sort=newest")
    tomas.get_by_role("link", name=f"Third {region}").click()
    decide(tomas, "Hold")
    expect(tomas.locator(".undo")).to_be_visible()
    decide(asel, "Accept")
    expect(asel.locator(".undo")).to_contain_text(f"Accepted “Second {region}”.")
    # A search covers all lanes, so the submission that the colleague put on hold is still in the list.
    assert title(asel) == "Third"
    expect(place).to_have_text("3 of 3")
    asel.keyboard.press("q")
    asel.wait_for_url(re.compile(r"/desk/\?"))
    assert f"q={region}" in asel.url
    expect(asel.get_by_role("link", name=f"Third {region}")).to_be_focused()


def test_rows_are_one_line_for_the_person_who_wants_it(asel: Page, tomas: Page, region: str) -> None:
    asel.goto(f"/desk/?q={region}")
    asel.get_by_role("button", name="One line").click()
    expect(asel.locator(".queue--dense")).to_be_visible()
    assert f"q={region}" in asel.url
    rows = asel.locator("[data-item]").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert max(rows) <= 48
    tomas.goto("/desk/")
    expect(tomas.locator(".queue--dense")).to_have_count(0)
    asel.get_by_role("button", name="Excerpts").click()
    expect(asel.locator(".queue--dense")).to_have_count(0)


def test_all_shown_are_selected_by_one_tick(asel: Page, region: str) -> None:
    asel.goto(f"/desk/?q={region}&lane=ours")
    asel.get_by_role("checkbox", name="Select all 3 shown").check()
    expect(asel.get_by_text("3 selected")).to_be_visible()
    asel.get_by_role("checkbox", name=re.compile(f"First {region}")).uncheck()
    expect(asel.get_by_text("2 selected")).to_be_visible()
    asel.get_by_role("button", name="Hold …").click()
    expect(asel.get_by_role("heading", name="Put 2 submissions on hold?")).to_be_visible()


@pytest.mark.parametrize("look", [(360, "light"), pytest.param((390, "dark"), marks=pytest.mark.slow)])
def test_on_a_phone_the_decision_is_a_sheet(
    newsroom: Whole, browser: Browser, asel: Page, region: str, look: tuple[int, Any]
) -> None:
    width, scheme = look
    context = browser.new_context(
        base_url=newsroom.settings.base_url, storage_state=asel.context.storage_state(), color_scheme=scheme,
        viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True,
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"/desk/?q={region}&lane=ours")
    page.get_by_role("checkbox", name=re.compile(f"Second {region}")).tap()
    buttons = page.locator(".bulk button").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(buttons) <= width
    _sound(page)
    page.get_by_role("link", name=f"Second {region}").tap()
    bar = page.get_by_role("link", name="Decide", exact=True)
    bar.tap()
    sheet = page.get_by_role("dialog", name="Decision")
    expect(sheet).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(bar).to_be_focused()
    bar.tap()
    sheet.get_by_role("radio", name="Reject").tap()
    sheet.get_by_role("radio", name="Came too late").tap()
    expect(sheet.get_by_label("Message to the contributor")).to_have_value(re.compile("the moment for it"))
    _sound(page)
    sheet.get_by_role("button", name="Reject").tap()
    expect(page.locator(".undo")).to_contain_text(f"Rejected “Second {region}”.")
    _sound(page)
    context.close()


def _sound(page: Page) -> None:
    """Assert that the page has no axe violation, no small target, and fits the screen."""
    assert [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]
    ] == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
