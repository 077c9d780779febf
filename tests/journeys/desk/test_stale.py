"""Edit conflict of two editors in two browsers. The second sees both texts, and none is lost."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Send
from tests.journeys.desk.test_drafts import typed_into


def test_the_second_of_two_sees_both_and_saves_on_top(asel: Page, tomas: Page, send: Send) -> None:
    path = send(title="Side by side", body="One.\n\nTwo.")
    typed_into(asel, path, " Asel was here.")
    typed_into(tomas, path, " Tomas was here.")
    asel.get_by_label("Region").fill("Almaty")
    asel.get_by_role("button", name="Save as a new revision").click()
    asel.wait_for_url(lambda url: url.endswith(path))

    tomas.get_by_label("Tags").fill("river")
    tomas.get_by_role("button", name="Save as a new revision").click()
    tomas.get_by_label("Take what you typed").check()
    tomas.get_by_role("button", name="Show the merged text").click()
    expect(tomas.get_by_role("heading", name="What others changed since you opened it")).to_be_visible()
    theirs = tomas.get_by_role("region", name="What others changed since you opened it")
    expect(theirs).to_contain_text("Asel was here.")
    expect(theirs).to_contain_text("Almaty")
    expect(tomas.get_by_role("region", name="Current version", exact=True)).to_contain_text("Asel was here.")
    expect(tomas.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Tomas was here.")
    expect(tomas.get_by_label("Tags")).to_have_value("river")
    expect(tomas.get_by_label("Region")).to_have_value("Almaty")

    tomas.get_by_role("button", name="Save as a new revision").click()
    tomas.wait_for_url(lambda url: url.endswith(path))
    expect(tomas.locator(".submission-text")).to_contain_text("Tomas was here.")

    tomas.get_by_label("Compare", exact=True).select_option("2")
    tomas.get_by_role("button", name="Compare").click()
    expect(tomas.get_by_role("heading", name="From revision 2 to revision 3")).to_be_visible()
    expect(tomas.locator("del")).to_contain_text(["struck through", "Asel"])
    tomas.get_by_role("button", name="Restore revision 2").click()
    tomas.wait_for_url(lambda url: url.endswith(path))
    expect(tomas.locator(".submission-text")).to_contain_text("Asel was here.")
    expect(tomas.get_by_text("Back to revision 2")).to_be_visible()


def test_the_page_of_an_edit_that_came_too_late_can_be_closed(asel: Page, tomas: Page, send: Send) -> None:
    path = send()
    typed_into(tomas, path, " Kept.")
    typed_into(asel, path, " First.")
    asel.get_by_role("button", name="Save as a new revision").click()
    asel.wait_for_url(lambda url: url.endswith(path))
    tomas.get_by_role("button", name="Save as a new revision").click()
    expect(tomas.get_by_role("heading", name="It changed while you were working")).to_be_visible()
    tomas.goto("/desk/")
    tomas.goto(f"{path}/revisions/new")
    expect(tomas.get_by_role("heading", name="Unsaved draft")).to_be_visible()
    tomas.get_by_role("link", name="Use draft").click()
    expect(tomas.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Kept.")
