"""Small helps for somebody new at the desk: names to insert, a link to copy, replies that can be read."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Send
from tests.journeys.hands import ChromiumHands


def test_a_name_below_the_note_is_inserted_where_the_cursor_is(asel: Page, tomas: Page, send: Send) -> None:
    asel.goto(send("To be checked"))
    note = asel.get_by_label("Note", exact=True)
    note.fill("Please look,")
    asel.get_by_role("button", name="Mention Tomas").click()
    expect(note).to_be_focused()
    asel.keyboard.type("by noon")
    expect(note).to_have_value("Please look, @Tomas by noon")
    asel.get_by_role("button", name="Add the note").click()
    expect(asel.get_by_text("Notified: Tomas")).to_be_visible()
    assert ChromiumHands(asel).violations() == []


def test_a_link_that_is_shown_once_is_copied(asel: Page, send: Send) -> None:
    asel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asel.goto(f"{send('For the lawyer')}/links")
    asel.get_by_label("Whom is it for?").fill("Lawyer")
    asel.get_by_role("button", name="Make the link").click()
    asel.get_by_role("button", name="Copy").click()
    expect(asel.get_by_text("Copied.")).to_be_visible()
    copied = asel.evaluate("navigator.clipboard.readText()")
    assert copied == asel.locator(".secret").inner_text().strip()
    assert ChromiumHands(asel).violations() == []


def test_the_words_of_a_saved_reply_have_the_wide_column(asel: Page) -> None:
    asel.set_viewport_size({"width": 1280, "height": 900})
    asel.goto("/desk/replies")
    for body in asel.locator(".reply__body").all():
        box = body.bounding_box()
        assert box is not None
        assert box["width"] > 500
