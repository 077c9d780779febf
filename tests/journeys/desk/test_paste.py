"""Clipboards of Word, Word for the web, Google Docs and LibreOffice, pasted by an editor and by a contributor."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.text import clean_body
from intake.text.display import BLOCK_ENDS
from tests.journeys.conftest import NEWEST, NUMBERS, Send
from tests.journeys.folds import unfold
from tests.text import pastes
from tests.waiting import until
from tests.whole import Whole

PASTE = """([selector, html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const field = document.querySelector(selector);
    field.focus();
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    // A browser inserts the plain words, unless a script prevents it.
    if (field.dispatchEvent(event) && field.value !== undefined) {
        field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""
WORDS = "KEEPheading\nKEEPopen KEEPbold"


def open_editor(page: Page, path: str) -> None:
    page.goto(f"{urlsplit(path).path}/revisions/new")
    expect(page.locator("[data-surface][contenteditable=true]")).to_be_visible()


def paste(page: Page, selector: str, html: str, text: str = WORDS) -> None:
    page.evaluate(PASTE, [selector, html, text])


def sent(page: Page) -> str:
    """Return the HTML that the editor would send, with ends of lines as the spaces that they are to a reader."""
    source = page.locator("textarea[name=body]").input_value()
    return re.sub(BLOCK_ENDS.pattern.replace("(?=<)", r"\n(?=<)"), r"\1", source).replace("\n", " ")


def stored(html: str) -> str:
    """Return what the API would store."""
    return clean_body(html, format="html").html.replace("\n", " ")


def test_an_editor_pastes_what_the_api_would_store(asel: Page, send: Send) -> None:
    open_editor(asel, send())
    for program, html in pastes.ALL.items():
        asel.locator("[data-surface]").click()
        asel.keyboard.press("Control+a")
        asel.keyboard.press("Delete")
        paste(asel, "[data-surface]", html)
        until(lambda: "KEEPnested" in sent(asel), 20)
        assert clean_body(sent(asel), format="html").html == stored(html), program
        assert "LEAK" not in asel.locator("[data-surface]").inner_text(), program
        expect(asel.locator("[data-pasted]")).to_contain_text("Removed:")


def test_a_line_is_pasted_into_the_line(asel: Page, send: Send) -> None:
    open_editor(asel, send(body="<p>One two.</p>", format="html"))
    asel.locator("[data-surface]").click()
    asel.keyboard.press("Control+End")
    asel.keyboard.type(" And ")
    paste(asel, "[data-surface]", '<p style="color:red">then <b>three</b></p>')
    until(lambda: "three" in sent(asel), 20)
    asel.keyboard.type("!")
    until(lambda: sent(asel) == "<p>One two. And then <strong>three!</strong></p>", 20)


def test_without_the_server_only_the_words_are_pasted(asel: Page, send: Send) -> None:
    open_editor(asel, send())
    asel.route("**/desk/paste", lambda route: route.abort())
    asel.locator("[data-surface]").click()
    asel.keyboard.press("Control+a")
    paste(asel, "[data-surface]", pastes.WORD, "Only <words>")
    until(lambda: "Only" in sent(asel), 20)
    assert sent(asel) == "<p>Only &lt;words&gt;</p>"
    expect(asel.locator("[data-pasted]")).to_contain_text("Only its plain words were pasted")


@pytest.mark.parametrize(
    "program",
    [name if name == "Word" else pytest.param(name, marks=pytest.mark.slow) for name in pastes.ALL],
)
def test_a_contributor_pastes_what_the_api_would_store(
    program: str, newsroom: Whole, browser: Browser, asel: Page
) -> None:
    title = f"Pasted {next(NUMBERS)}"
    page = browser.new_page(base_url=newsroom.settings.base_url)
    page.goto("/send")
    page.get_by_label("Title").fill(title)
    paste(page, "textarea[name=body]", pastes.ALL[program])
    expect(page.locator("[data-pasted-note]")).to_be_visible()
    assert page.locator("textarea[name=body]").input_value() == WORDS
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
    page.close()
    until(lambda: title in asel.request.get(NEWEST).text(), 60)
    asel.goto(NEWEST)
    asel.get_by_role("link", name=title, exact=True).first.click()
    open_editor(asel, asel.url)
    assert clean_body(sent(asel), format="html").html == stored(pastes.ALL[program])


def test_a_contributor_who_changes_the_words_sends_the_words(newsroom: Whole, browser: Browser) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url)
    page.goto("/send")
    unfold(page)
    paste(page, "textarea[name=body]", pastes.WORD)
    field = page.locator("textarea[name=body]")
    field.press_sequentially(" and more")
    expect(page.get_by_text("You changed the words")).to_be_visible()
    field.fill(WORDS)
    expect(page.get_by_text("You pasted a formatted text")).to_be_visible()
    page.get_by_label("As a poem").check()
    expect(page.locator("[data-pasted-note]")).to_be_hidden()
    page.get_by_label("As plain text", exact=True).check()
    page.get_by_role("button", name="Leave the formatting out").click()
    expect(page.locator("[data-pasted-note]")).to_be_hidden()
    page.close()


def test_after_an_error_the_words_are_shown_again(newsroom: Whole, browser: Browser) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url)
    page.goto("/send")
    page.get_by_label("Title").fill("Without a tick")
    paste(page, "textarea[name=body]", pastes.WORD)
    page.locator("form[data-upload]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".problems")).to_be_visible()
    assert page.locator("textarea[name=body]").input_value() == WORDS
    expect(page.get_by_text("You pasted a formatted text")).to_be_visible()
    page.close()
