"""An editor makes a link, a guest reads and answers, and a third browser is refused."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Send
from tests.journeys.hands import ChromiumHands


def test_a_guest_reads_by_a_link_and_leaves_a_note(asel: Page, browser: Browser, send: Send) -> None:
    path = send("A text for the lawyer")
    asel.goto(path)
    asel.get_by_role("link", name="Links for guests").click()
    asel.get_by_label("Whom is it for?").fill("Lawyer Kim")
    asel.get_by_role("button", name="Make the link").click()
    link = asel.locator(".secret").inner_text().strip()

    phone = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    guest = phone.new_page()
    guest.goto(link)
    expect(guest.get_by_text("A text for the lawyer")).to_have_count(0)
    guest.get_by_role("button", name="Open").click()
    expect(guest.get_by_role("heading", name="A text for the lawyer")).to_be_visible()
    guest.get_by_role("textbox", name="Your note").fill("The second sentence needs a source.")
    guest.get_by_role("button", name="Send the note").click()
    expect(guest.get_by_text("The second sentence needs a source.")).to_be_visible()
    hands = ChromiumHands(guest, scripts=False)
    assert (hands.violations(), hands.overflow()) == ([], 0)

    asel.goto(path)
    expect(asel.get_by_text("Guest Lawyer Kim", exact=True)).to_be_visible()
    expect(asel.get_by_text("The second sentence needs a source.")).to_be_visible()
    expect(asel.get_by_text("Guest Lawyer Kim opened the reading link")).to_be_visible()

    third = browser.new_context().new_page()
    third.goto(link)
    expect(third.get_by_text("works only in the browser that opened it")).to_be_visible()
    guest.reload()
    expect(guest.get_by_role("heading", name="A text for the lawyer")).to_be_visible()

    asel.goto(f"{path}/links")
    assert ChromiumHands(asel).violations() == []
    asel.get_by_role("button", name="Withdraw").click()
    guest.reload()
    expect(guest.get_by_text("This address opens nothing")).to_be_visible()
    phone.close()
    third.context.close()
