"""An editor assigns a submission to a colleague, who finds it in the queue."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Send
from tests.journeys.hands import ChromiumHands


def test_an_assignment_reaches_the_colleague(asel: Page, tomas: Page, send: Send) -> None:
    path = send("For Tomas")
    asel.goto(path)
    asel.locator(".assignment summary").click()
    asel.get_by_label("Assigned to").select_option("Tomas")
    asel.get_by_label("Due date").fill("2031-12-01")
    asel.get_by_label("Priority").select_option("high")
    assert ChromiumHands(asel).violations() == []
    asel.get_by_role("button", name="Save the assignment").click()
    expect(asel.get_by_text("The assignment is saved.")).to_be_visible()

    tomas.goto("/desk/?assigned=me")
    row = tomas.locator(".queue__item", has_text="For Tomas")
    for words in ("Assigned to you", "Due on 1 December 2031", "High priority"):
        expect(row.get_by_text(words)).to_be_visible()
    assert ChromiumHands(tomas).violations() == []

    row.get_by_role("checkbox").check()
    tomas.locator(".bulk__assign summary").click()
    tomas.locator(".bulk [name=assignee]").select_option("nobody")
    tomas.locator(".bulk__assign button").click()
    expect(tomas.get_by_text("1 submission is assigned.")).to_be_visible()
    expect(tomas.locator(".queue__item", has_text="For Tomas")).to_have_count(0)
