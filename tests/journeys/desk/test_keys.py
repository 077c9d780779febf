"""Deciding without a mouse, with shortcuts and without them."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import NEWEST, Send
from tests.waiting import until
from tests.whole import Whole


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
    press(asel, "7")
    expect(asel.get_by_label("Message to the contributor").first).to_have_value(
        re.compile("the moment for it")
    )
    press(asel, "d")
    expect(asel.locator(".undo")).to_contain_text("Rejected “By keys alone”.")
    press(asel, "u")
    expect(asel.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    assert path in asel.url
    press(asel, "a")
    press(asel, "d")
    expect(asel.locator(".undo")).to_contain_text("Accepted “By keys alone”.")
    until(lambda: "pill--accepted" in asel.request.get(path).text(), 15)


def test_enter_in_a_field_decides_nothing(asel: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    press(asel, "a")
    for place in ("input[value=accept]", "#no_message"):
        asel.locator(f".decision {place}").focus()
        asel.keyboard.press("Enter")
    press(asel, "r")
    press(asel, "1")
    asel.keyboard.press("Enter")
    asel.locator("summary", has_text="Saved replies").click()
    asel.get_by_label("Saved reply").focus()
    asel.keyboard.press("Enter")
    asel.keyboard.press("Escape")
    asel.wait_for_timeout(300)
    assert path in asel.url
    assert "pill--in_review" in asel.request.get(path).text()
    expect(asel.locator("main article").get_by_text("In review")).to_be_visible()


def test_without_scripts_enter_in_a_field_decides_nothing(
    newsroom: Whole, browser: Browser, asel: Page, send: Send
) -> None:
    path = send()
    state = asel.context.storage_state()
    context = browser.new_context(
        base_url=newsroom.settings.base_url, java_script_enabled=False, storage_state=state
    )
    page = context.new_page()
    page.goto(path)
    page.get_by_role("radio", name="Accept", exact=True).check()
    for place in ("#no_message", "input[value=accept]"):
        page.locator(place).focus()
        page.keyboard.press("Enter")
    assert urlsplit(path).path in page.url
    assert "pill--in_review" in asel.request.get(path).text()
    page.get_by_role("radio", name="Reject", exact=True).check()
    page.get_by_role("radio", name="Came too late").check()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_text("The saved reply for this reason is filled in.").first).to_be_visible()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator(".undo")).to_contain_text("Rejected “")
    context.close()


def test_six_changes_of_mind_are_never_refused(asel: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    answers: list[int] = []
    asel.on("response", lambda answer: answers.append(answer.status))
    message = asel.get_by_label("Message to the contributor").first
    for verdict, reason in (("r", "1"), ("c", "1"), ("h", "2"), ("s", "3"), ("r", "8"), ("h", "1")):
        press(asel, verdict)
        press(asel, reason)
    expect(message).to_have_value("")
    press(asel, "d")
    expect(asel.locator(".undo")).to_contain_text("on hold.")
    assert 422 not in answers


def test_words_of_the_editor_stay_and_a_reply_of_another_verdict_goes(asel: Page, send: Send) -> None:
    asel.goto(send())
    message = asel.get_by_label("Message to the contributor").first
    press(asel, "r")
    press(asel, "1")
    expect(message).to_have_value(re.compile("Thank you"))
    press(asel, "a")
    expect(message).to_have_value("")
    press(asel, "r")
    expect(message).to_have_value(re.compile("Thank you"))
    press(asel, "m")
    asel.keyboard.type("My own. ")
    own = message.input_value()
    press(asel, "Escape")
    press(asel, "2")
    expect(message).to_have_value(own)
    expect(asel.get_by_text("Your own words stay.")).to_be_visible()


def test_a_held_key_acts_once(asel: Page, send: Send) -> None:
    path = send()
    send()
    asel.goto(path)
    press(asel, "a")
    keyboard = asel.context.new_cdp_session(asel)
    key = {"type": "keyDown", "key": "d", "code": "KeyD", "text": "d", "windowsVirtualKeyCode": 68}
    keyboard.send("Input.dispatchKeyEvent", {**key})
    for _ in range(20):
        keyboard.send("Input.dispatchKeyEvent", {**key, "autoRepeat": True})
    expect(asel.locator(".undo")).to_contain_text("Accepted “")
    for _ in range(5):
        keyboard.send("Input.dispatchKeyEvent", {**key, "autoRepeat": True})
    expect(asel.locator(".decision input:checked")).to_have_count(0)
    expect(asel.get_by_role("status").filter(has_text="Accepted “")).to_have_count(1)


def test_the_whole_triage_with_tab_and_enter(asel: Page, send: Send) -> None:
    path = send("By tab and enter")
    asel.goto(NEWEST)
    tab_to(asel, "By tab and enter")
    press(asel, "Enter")
    expect(asel.get_by_role("heading", name="By tab and enter")).to_be_visible()
    tab_to(asel, "Claim it")
    press(asel, "Enter")
    expect(asel.get_by_text("You have claimed it.")).to_be_visible()
    for _ in range(80):
        press(asel, "Tab")
        if asel.evaluate("document.activeElement.name") == "verdict":
            break
    press(asel, " ")
    tab_to(asel, "Accept")
    press(asel, "Enter")
    expect(asel.locator(".undo")).to_contain_text("Accepted “By tab and enter”.")
    tab_to(asel, "Undo")
    press(asel, "Enter")
    expect(asel.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    assert path in asel.url


def test_the_sheet_lists_the_keys_of_the_page(asel: Page, send: Send) -> None:
    asel.goto(send())
    press(asel, "?")
    sheet = asel.get_by_role("dialog", name="Keyboard shortcuts")
    for does in ("Choose: accept", "Choose: reject", "Choose: hold", "Edit", "Claim it", "Back to the list"):
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
