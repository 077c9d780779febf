"""Batches: select submissions, preview, decide by the worker, undo all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import NEWEST, TOMAS, Send
from tests.journeys.people import decide
from tests.waiting import until
from tests.whole import Whole

COUNT, STALE = 12, 3


def tick(page: Page, title: str, count: int) -> None:
    """Select these newest submissions: the first, and the last with Shift."""
    page.goto(NEWEST)
    boxes = page.get_by_role("checkbox", name=re.compile(title))
    boxes.first.check()
    boxes.nth(count - 1).click(modifiers=["Shift"])
    expect(page.get_by_text(f"{count} selected")).to_be_visible()


def test_many_with_three_that_were_changed_meanwhile(
    asel: Page, tomas: Page, send: Send, newsroom: Whole
) -> None:
    for number in range(COUNT - 1):
        newsroom.submit(f"One of many {number}")
    send(f"One of many {COUNT}")
    until(lambda: len(set(re.findall(r"One of many \d+", asel.request.get(NEWEST).text()))) == COUNT, 30)
    tick(asel, "One of many", COUNT)
    asel.get_by_role("button", name="Reject …").click()
    expect(asel.get_by_role("heading", name=f"Reject {COUNT} submissions?")).to_be_visible()
    expect(asel.get_by_text("Nothing is decided yet.")).to_be_visible()

    tomas.goto(NEWEST)
    paths = [
        (link.get_attribute("href") or "").partition("?")[0]
        for link in tomas.get_by_role("link", name=re.compile("One of many")).all()[:STALE]
    ]
    tomas.goto(paths[0])
    tomas.get_by_role("button", name="Claim it").click()
    for path in paths[1:]:
        tomas.goto(path)
        decide(tomas, "Hold")
        expect(tomas).not_to_have_url(re.compile(path))

    asel.get_by_label("Reason").select_option("Not our subject")
    asel.get_by_label("Message in English").fill("Thank you. It is not our subject.")
    asel.get_by_role("button", name=f"Reject {COUNT}").click()
    expect(asel.get_by_text(f"Done: {COUNT - STALE}. Could not be decided: {STALE}.")).to_be_visible(
        timeout=30_000
    )
    expect(asel.get_by_text("Somebody else has claimed it.")).to_have_count(1)
    expect(asel.get_by_text("It was decided in the meantime.")).to_have_count(2)
    asel.get_by_role("button", name="Undo all").click()
    expect(asel.get_by_text(f"Undone: {COUNT - STALE}.", exact=True)).to_be_visible()
    asel.goto("/desk/?status=rejected")
    expect(asel.get_by_role("link", name=re.compile("One of many"))).to_have_count(0)


@pytest.mark.slow
def test_the_same_without_scripts(newsroom: Whole, browser: Browser, send: Send) -> None:
    path = send("Without scripts")
    context = browser.new_context(base_url=newsroom.settings.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.locator("[name=email]").fill(TOMAS)
    page.locator("[name=password]").fill("four words are good")
    page.locator("main button[type=submit]").click()
    page.goto(NEWEST)
    page.get_by_role("button", name="Hold …").click()
    expect(page.get_by_role("heading", name="Nothing is selected")).to_be_visible()
    page.goto(NEWEST)
    page.get_by_role("checkbox", name=re.compile("Without scripts")).check()
    page.get_by_role("button", name="Hold …").click()
    page.get_by_role("button", name="Hold 1").click()
    expect(page.get_by_role("heading", name="Putting 1 submission on hold")).to_be_visible()
    while page.get_by_role("link", name="Refresh").count():
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_load_state()
    expect(page.get_by_text("Done: 1.")).to_be_visible()
    page.goto(path)
    expect(page.get_by_text(re.compile("hold", re.IGNORECASE)).first).to_be_visible()
    context.close()
