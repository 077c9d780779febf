"""A contributor sends a Word file, and sees on the receipt page how Transom read the file."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.documents.word_files import build, paragraph
from tests.journeys.test_every_page import Eye
from tests.waiting import until
from tests.whole import Whole

RIGHT_TO_LEFT = "<w:bidi/>"
DOCUMENT = build(
    paragraph("خرج العمال أمس إلى الساحة احتجاجا على الأسعار.", RIGHT_TO_LEFT)
    + paragraph("BBC قالت إن الجسر أغلق عند الفجر.", RIGHT_TO_LEFT)
    + paragraph('<w:del w:id="1" w:author="LEAKauthor"><w:r><w:delText>LEAKdeleted</w:delText></w:r></w:del>')
    + paragraph("They said it in English too.")
)
LOOKS: dict[str, dict[str, Any]] = {
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}


@pytest.mark.parametrize("look", ["phone, dark", pytest.param("desktop, light", marks=pytest.mark.slow)])
def test_a_document_is_read_and_shown(newsroom: Whole, browser: Browser, look: str) -> None:
    context = browser.new_context(base_url=newsroom.settings.base_url, locale="en-GB", **LOOKS[look])
    eye = Eye(context)
    page = eye.page
    _send(page, "story.pdf", b"%PDF-1.7 text")
    expect(
        page.get_by_role("alert").get_by_role("link", name="Document: We cannot take a PDF")
    ).to_be_visible()
    eye.look()
    _send(page, "story.docx", DOCUMENT)
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
    eye.look()
    receipt = page.locator(".receipt__code").inner_text()
    until(lambda: _is_read(page, receipt), 60)
    expect(page.get_by_text("Removed from your text: a deleted passage")).to_be_visible()
    first = page.get_by_text("خرج العمال")
    expect(first).to_be_hidden()
    page.get_by_text("Your text as we read it").click()
    eye.look()
    assert "LEAK" not in page.content()
    assert [_is_right_to_left(page, words) for words in ("خرج", "BBC", "They said")] == [True, True, False]
    context.close()
    assert eye.faults == []


def _send(page: Page, name: str, data: bytes) -> None:
    page.goto("/send")
    page.get_by_label("Title", exact=True).fill("الجسر")
    page.locator("[name=document]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send", exact=True).click()


def _is_read(page: Page, receipt: str) -> bool:
    page.goto("/receipt")
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_role("button", name="Show me").click()
    return page.get_by_text("Your text as we read it").is_visible()


def _is_right_to_left(page: Page, words: str) -> bool:
    """Return whether the block with these words is shown from the right."""
    block = page.locator(".about-text__words > *", has_text=words)
    return bool(block.evaluate("block => getComputedStyle(block).direction === 'rtl'"))
