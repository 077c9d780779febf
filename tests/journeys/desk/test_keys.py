"""Deciding without a mouse, with shortcuts and without them."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NEWEST, Send
from tests.waiting import until


def focused(page: Page) -> str:
    """Return the text of the focused element."""
    text: str = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
    return text


def press(page: Page, key: str) -> None:
    """Press a key once the page listens for shortcuts."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until an element with this text has the focus."""
    for _ in range(80):
        if focused(page).strip() == words:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {words!r}")


def test_one_submission_is_found_read_and_rejected_by_single_keys(asel: Page, send: Send) -> None:
    path = send("By keys alone")
    send("Next submission")
    asel.goto(NEWEST)
    for _ in range(20):
        press(asel, "j")
        if focused(asel) == "By keys alone":
            break
    press(asel, "o")
    expect(asel.get_by_role("heading", name="By keys alone")).to_be_visible()
    press(asel, "r")
    assert asel.evaluate("document.activeElement.id") == "code"
    asel.keyboard.type("Came")
    press(asel, "Tab")
    asel.evaluate("document.activeElement.blur()")
    press(asel, "c")
    assert asel.evaluate("document.activeElement.name") == "message"
    asel.keyboard.type("Sorry, we ran this last week.")
    asel.evaluate("document.activeElement.blur()")
    press(asel, "r")
    expect(asel.get_by_text("Rejected.")).to_be_visible()
    press(asel, "u")
    expect(asel.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    assert path in asel.url
    press(asel, "a")
    expect(asel.get_by_text("Accepted.")).to_be_visible()
    until(lambda: "pill--accepted" in asel.request.get(path).text(), 15)


def test_the_whole_triage_with_tab_and_enter(asel: Page, send: Send) -> None:
    path = send("By tab and enter")
    asel.goto(NEWEST)
    tab_to(asel, "By tab and enter")
    press(asel, "Enter")
    expect(asel.get_by_role("heading", name="By tab and enter")).to_be_visible()
    tab_to(asel, "Claim it")
    press(asel, "Enter")
    expect(asel.get_by_text("You have claimed it.")).to_be_visible()
    tab_to(asel, "Accept")
    press(asel, "Enter")
    expect(asel.get_by_text("Accepted.")).to_be_visible()
    tab_to(asel, "Undo")
    press(asel, "Enter")
    expect(asel.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    assert path in asel.url


def test_the_sheet_lists_the_keys_of_the_page(asel: Page, send: Send) -> None:
    asel.goto(send())
    press(asel, "?")
    sheet = asel.get_by_role("dialog", name="Keyboard shortcuts")
    for does in ("Accept", "Reject: choose a reason first", "Hold", "Edit", "Claim it", "Back to the queue"):
        expect(sheet.get_by_text(does, exact=True)).to_be_visible()
    press(asel, "a")
    expect(sheet).to_be_visible()
    press(asel, "Escape")
    expect(sheet).to_have_count(0)


def test_what_is_typed_is_no_command(asel: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    asel.get_by_label("Message to the contributor").first.fill("")
    asel.keyboard.type("a share? ?")
    assert path in asel.url
    expect(asel.get_by_role("dialog")).to_have_count(0)
