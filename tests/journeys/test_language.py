"""If the contributor does not choose a language, the language of the text is stored."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import NEWEST
from tests.waiting import until
from tests.whole import Whole

TEXTS = {
    "ar": ("العمال في الساحة", "خرج العمال أمس إلى الساحة احتجاجا على الأسعار، ولم تعتقل الشرطة أحدا."),
    "kk": ("Алаңдағы жұмысшылар", "Кеше жұмысшылар бағаға қарсы алаңға шықты, полиция ешкімді ұстаған жоқ."),
    "ug": ("مەيداندىكى ئىشچىلار", "تۈنۈگۈن ئىشچىلار مەيداندا نامايىش قىلدى، ساقچىلار ھېچكىمنى تۇتمىدى."),
    "zh-Hans": ("广场上的工人", "昨天工人们在广场上抗议物价，警察没有抓人。"),
}
"""Language → title and text."""


def test_the_language_of_an_untouched_form_is_that_of_the_text(
    newsroom: Whole, browser: Browser, asel: Page
) -> None:
    contributor = browser.new_page(base_url=newsroom.settings.base_url)
    for title, text in TEXTS.values():
        _send(contributor, title, text)
    contributor.close()
    assert {code: _stored(asel, title) for code, (title, _) in TEXTS.items()} == {
        code: code for code in TEXTS
    }


def _send(page: Page, title: str, text: str) -> None:
    page.goto("/send")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()


def _stored(page: Page, title: str) -> str:
    """Language of the submission, as the desk's edit form shows it."""
    until(lambda: title in page.request.get(NEWEST).text(), 30)
    page.goto(NEWEST)
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("link", name="Edit the text").click()
    return page.locator("select[name=language]").input_value()
