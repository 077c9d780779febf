"""A draft from its beginning to the withdrawal, in each browser, language and window size, with scripts and without.

The contributor begins a draft, writes, adds three photos and leaves. In another browser, the contributor opens the
draft by its receipt and sends it. The editor asks a question. The contributor answers with a photo, and withdraws.
"""

import itertools
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from intake.translations import catalogue, interface
from tests.journeys.conftest import ASEL, path_of
from tests.journeys.editing import ask_for_changes
from tests.journeys.hands import SECONDS, Hands, hands
from tests.journeys.people import at_the_desk
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "laptop": {"width": 1280, "height": 900},
}
TEXTS = {
    "en": (
        "en",
        "The workers in the square",
        "Yesterday the workers went into the square. Nobody was arrested.",
    ),
    "ar": ("ar", "العمال في الساحة", "خرج العمال أمس إلى الساحة احتجاجا على الأسعار، ولم تعتقل الشرطة أحدا."),
    "kk": (
        "kk",
        "Алаңдағы жұмысшылар",
        "Кеше жұмысшылар бағаға қарсы алаңға шықты, полиция ешкімді ұстаған жоқ.",
    ),
    "ug": (
        "ug",
        "مەيداندىكى ئىشچىلار",
        "تۈنۈگۈن ئىشچىلار مەيداندا نامايىش قىلدى، ساقچىلار ھېچكىمنى تۇتمىدى.",
    ),
    "zh-Hans": ("zh-Hans", "广场上的工人", "昨天工人们在广场上抗议物价，警察没有抓人。"),
}
"""Language of the pages → language of the text, title and text."""
NUMBERS = itertools.count(1)
CELLS = [
    pytest.param(*cell, id="-".join([*cell[:3], "scripts" if cell[3] else "plain"]),
                 marks=pytest.mark.slow)
    for cell in itertools.product(("chromium", "firefox"), TEXTS, SIZES, (True, False))
]  # fmt: skip
Open = Callable[[], AbstractContextManager[Hands]]


def _shuffled(text: str) -> str:
    """Return the words of a text in another order. For Chinese, which has no spaces, shuffle the characters."""
    between = " " if " " in text else ""
    words = text.split() if between else list(text)
    return between.join(random.sample(words, len(words)))


class Cell:
    """Journey of one draft. `pages` opens a new browser, `text` is (language, title, text)."""

    def __init__(
        self, whole: Whole, editor: Page, language: str, pages: Open, folder: Path, *, scripts: bool
    ) -> None:
        self.url = f"{whole.settings.base_url}/{interface.path(language)}"
        self.words = catalogue.load(language)
        self.editor, self.pages, self.scripts, self.folder = editor, pages, scripts, folder
        self.language, title, text = TEXTS[language]
        # If every draft had the same text, the later ones would be held back as sent by a bot.
        self.body = f"{text} {_shuffled(text)} {_shuffled(text)}"
        self.title = f"{title} {next(NUMBERS)}"
        self.code = self.here = ""

    def photo(self, name: str) -> Path:
        path = self.folder / f"{name}.jpg"
        path.write_bytes(made.jpeg_with_gps(400, 300, f"{self.title} {name}"))
        return path

    def shows(self, page: Hands, message: str) -> None:
        """Wait for a heading in the language of the pages. Assert no axe violation and no horizontal overflow."""
        heading = self.words.gettext(message)
        until(lambda: page.text("h1") == heading, SECONDS)
        assert page.violations() == []
        assert page.overflow() == 0

    def open(self, page: Hands) -> None:
        page.goto(f"{self.url}/")
        page.fill("#receipt", self.code)
        page.press("form[action$='/receipt'] button.button")

    def begin_and_leave(self) -> None:
        with self.pages() as page:
            page.goto(f"{self.url}/")
            self.shows(page, "Send us your story")
            page.press("form[action$='/drafts'] button")
            self.shows(page, "First, your code")
            self.code = page.text(".receipt__code").replace("\n", "")
            page.press("[name=noted]")
            self.shows(page, "Your draft")
            page.fill("#title", self.title)
            page.fill("#body", self.body)
            photos = [self.photo(str(number)) for number in range(3)]
            if self.scripts:
                page.choose("#new-photo", photos)
                until(lambda: page.count("[data-photo]") == 3, SECONDS)
                saved = self.words.gettext("Saved.")
                until(lambda: page.text("[data-saved]").strip() == saved, SECONDS)
            else:
                for number, photo in enumerate(photos, start=1):
                    page.choose("#new-photo", [photo])
                    page.press("[data-add-button]")
                    until(lambda number=number: page.count("[data-photo]") == number, SECONDS)  # type: ignore[misc]
            assert page.violations() == []

    def continue_and_send(self) -> None:
        with self.pages() as page:
            until(lambda: self.has_clean_photos(page), SECONDS)
            assert (page.value("#title"), page.value("#body")) == (self.title, self.body)
            self.shows(page, "Your draft")
            page.press("[name=do][value=check]")
            self.shows(page, "Check and send")
            page.press("#consent")
            page.press("form[action$='/drafts/submissions'] button")
            self.shows(page, "It has arrived")

    def has_clean_photos(self, page: Hands) -> bool:
        self.open(page)
        self.shows(page, "Your draft")
        return page.count("[data-photo] img") == 3

    def is_asked(self) -> None:
        self.here = until(lambda: path_of(self.editor, self.title), SECONDS)
        shown = self.editor.request.get(self.here).text()
        assert f'<div class="submission-text" lang="{self.language}"' in shown
        ask_for_changes(self.editor, self.here, self.body)

    def answer_and_withdraw(self) -> None:
        with self.pages() as page:
            until(lambda: self.may_answer(page), SECONDS)
            assert self.body in page.text(".messages")
            page.fill("#message", f"{self.body} 2")
            page.press("details:has([name=photo-1]) > summary")
            page.choose("[name=photo-1]", [self.photo("answer")])
            page.press("form[action$='/receipt/answers'] .form__send button")
            self.shows(page, "Your answer has arrived")
            until(lambda: self.has_four_photos(page), SECONDS)
            page.press("details.withdraw > summary")
            page.press("#confirm")
            page.press("form[action$='/receipt/withdrawals'] button")
            self.shows(page, "Your story is withdrawn")

    def may_answer(self, page: Hands) -> bool:
        self.open(page)
        self.shows(page, "Your story")
        return page.count("#message") == 1

    def has_four_photos(self, page: Hands) -> bool:
        self.open(page)
        self.shows(page, "Your story")
        return page.count(".sent-photos .pill--clean, .pill--clean") == 4


@pytest.mark.parametrize(("kind", "language", "size", "scripts"), CELLS)
def test_the_whole_way_of_a_draft(
    at_once: Whole, browser: Browser, tmp_path: Path, kind: str, language: str, size: str, scripts: bool
) -> None:
    editor = at_the_desk(at_once, browser, ASEL)

    def pages() -> AbstractContextManager[Hands]:
        return hands(kind, browser, at_once.settings.base_url, SIZES[size], scripts=scripts)

    cell = Cell(at_once, editor, language, pages, tmp_path, scripts=scripts)
    cell.begin_and_leave()
    cell.continue_and_send()
    cell.is_asked()
    cell.answer_and_withdraw()
    editor.context.close()
