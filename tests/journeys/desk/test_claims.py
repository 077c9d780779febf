"""Claims and presence of two editors in two browsers."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Send
from tests.journeys.people import decide

NOBODY = "Nobody has claimed it."


def test_a_claim_is_seen_taken_over_and_told(asel: Page, tomas: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    asel.get_by_role("button", name="Claim it").click()
    expect(asel.get_by_text("You have claimed it.")).to_be_visible()

    tomas.goto(path)
    expect(tomas.get_by_text("Asel has claimed it.")).to_be_visible()
    tomas.get_by_text("Take it over", exact=True).click()
    tomas.keyboard.press("Escape")
    tomas.reload()
    expect(tomas.get_by_text("Asel has claimed it.")).to_be_visible()

    tomas.get_by_text("Take it over", exact=True).click()
    tomas.get_by_role("button", name="Take it over now").click()
    expect(tomas.get_by_text("You have claimed it.")).to_be_visible()
    asel.reload()
    expect(asel.get_by_text("Tomas has claimed it.")).to_be_visible()
    expect(asel.get_by_text("Took over the claim")).to_be_visible()

    tomas.get_by_role("button", name="Release").click()
    expect(tomas.get_by_text(NOBODY)).to_be_visible()


def test_of_two_who_claim_at_once_the_second_is_told(asel: Page, tomas: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    tomas.goto(path)
    asel.get_by_role("button", name="Claim it").click()
    expect(asel.get_by_text("You have claimed it.")).to_be_visible()
    tomas.get_by_role("button", name="Claim it").click()
    expect(tomas.get_by_text("Asel claimed it first.")).to_be_visible()
    expect(tomas.get_by_text("Asel has claimed it.")).to_be_visible()


def test_each_sees_that_the_other_is_here_and_that_the_page_is_old(
    asel: Page, tomas: Page, send: Send
) -> None:
    path = send()
    asel.goto(path)
    expect(asel.get_by_text("Nobody else has it open.")).to_be_visible()
    tomas.goto(path)
    expect(tomas.get_by_text("Asel\u2069: reading")).to_be_visible()
    decide(tomas, "Hold")
    tomas.wait_for_url(lambda url: path not in url)
    asel.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(asel.get_by_text("It has changed since you opened it.")).to_be_visible()


def test_a_claim_of_somebody_else_is_asked_about_once(asel: Page, tomas: Page, send: Send) -> None:
    path = send("Claimed by Asel")
    tomas.goto(path)
    asel.goto(path)
    asel.get_by_role("button", name="Claim it").click()
    expect(asel.get_by_text("You have claimed it.")).to_be_visible()
    decide(tomas, "Reject", why="Came too late", message="My careful words.")
    expect(tomas.get_by_text("Asel has claimed this. Decide anyway?")).to_be_visible()
    expect(tomas.get_by_label("Message to the contributor").first).to_have_value("My careful words.")
    expect(tomas.get_by_role("radio", name="Came too late")).to_be_checked()
    tomas.get_by_role("button", name="Reject anyway").click()
    expect(tomas.locator(".undo")).to_contain_text("Rejected “Claimed by Asel”.")
