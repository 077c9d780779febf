"""One way to use a page in both browsers, by CSS selectors, because the words differ in each language."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.firefox import Tab, firefox
from tests.waiting import until

SECONDS = 90
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


class Hands(Protocol):
    """Person with a new browser profile. All methods take CSS selectors, and wait for the element."""

    def goto(self, url: str) -> None:
        """Open an address."""

    def press(self, css: str) -> None:
        """Click on a button, a box, or the title of a fold."""

    def fill(self, css: str, text: str) -> None:
        """Type into a field."""

    def choose(self, css: str, paths: Sequence[Path]) -> None:
        """Choose files."""

    def value(self, css: str) -> str | None:
        """Return the value of a field, or None if there is none."""

    def text(self, css: str) -> str:
        """Return the text of an element, empty if there is none."""

    def count(self, css: str) -> int:
        """Return how many elements there are."""

    def overflow(self) -> int:
        """Return how many pixels the page is wider than its window."""

    def violations(self) -> list[str]:
        """Return what axe finds."""


class ChromiumHands:
    """Hands in Chromium."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page, self.scripts = page, scripts

    def goto(self, url: str) -> None:
        """Open an address."""
        self.page.goto(url)

    def press(self, css: str) -> None:
        """Click on a button, a box, or the title of a fold. A page that follows has arrived in whole."""
        self.page.locator(css).first.click()
        self.page.wait_for_load_state()

    def fill(self, css: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(css).fill(text)

    def choose(self, css: str, paths: Sequence[Path]) -> None:
        """Choose files."""
        self.page.locator(css).set_input_files(list(paths))

    def value(self, css: str) -> str | None:
        """Return the value of a field, or None if there is none."""
        field = self.page.locator(css)
        return field.input_value() if field.count() else None

    def text(self, css: str) -> str:
        """Return the text of an element, empty if there is none."""
        found = self.page.locator(css)
        return found.first.inner_text() if found.count() else ""

    def count(self, css: str) -> int:
        """Return how many elements there are."""
        return self.page.locator(css).count()

    def overflow(self) -> int:
        """Return how many pixels the page is wider than its window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return max(0, wider)

    def violations(self) -> list[str]:
        """Return what axe finds. With scripts off, axe cannot run on the page, so it checks a copy in another profile."""
        page = self.page if self.scripts else self._copy()
        found = Axe().run(page).response["violations"]
        if not self.scripts:
            page.context.close()
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]

    def _copy(self) -> Page:
        """Return a copy of the page without its scripts, in a profile in which axe can run."""
        browser = self.page.context.browser
        assert browser is not None
        page = browser.new_page(viewport=self.page.viewport_size)
        html = SCRIPT.sub("", self.page.content())
        page.route(
            self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        page.goto(self.page.url)
        return page


class FirefoxHands:
    """Hands in Firefox. Methods wait until the page has loaded before they read it."""

    def __init__(self, tab: Tab, *, scripts: bool = True) -> None:
        self.tab, self.scripts = tab, scripts

    def goto(self, url: str) -> None:
        """Open an address."""
        self.tab.goto(url)

    def press(self, css: str) -> None:
        """Click on a button, a box, or the title of a fold."""
        self._wait(css)
        self.tab.click(css)

    def fill(self, css: str, text: str) -> None:
        """Type into a field."""
        self._wait(css)
        self.tab.fill(css, text)

    def choose(self, css: str, paths: Sequence[Path]) -> None:
        """Choose files."""
        self._wait(css)
        self.tab.choose(css, *paths)

    def value(self, css: str) -> str | None:
        """Return the value of a field, or None if there is none."""
        return self.tab.value(css)

    def text(self, css: str) -> str:
        """Return the text of an element, empty if there is none."""
        return self.tab.text(css)

    def count(self, css: str) -> int:
        """Return how many elements there are."""
        return self.tab.count(css)

    def overflow(self) -> int:
        """Return how many pixels the page is wider than its window."""
        self._wait_for_styles()
        wider: int = self.tab.run("document.documentElement.scrollWidth - innerWidth")
        return max(0, wider)

    def violations(self) -> list[str]:
        """Return what axe finds. Nothing with scripts off, when axe cannot run. Then only ChromiumHands checks the page."""
        self._wait_for_styles()
        return self.tab.axe() if self.scripts else []

    def _wait_for_styles(self) -> None:
        until(lambda: self.tab.run("document.readyState") == "complete", SECONDS)

    def _wait(self, css: str) -> None:
        until(lambda: self.tab.count(css), SECONDS)


@contextmanager
def hands(
    kind: str, browser: Browser, url: str, size: ViewportSize, *, scripts: bool, language: str = "en-GB"
) -> Iterator[Hands]:
    """Open a new profile of Chromium or Firefox with a window of this size."""
    if kind == "firefox":
        with firefox(scripts=scripts) as tab:
            tab.resize(size["width"], size["height"])
            yield FirefoxHands(tab, scripts=scripts)
        return
    context = browser.new_context(
        base_url=url, viewport=size, java_script_enabled=scripts, locale=language, has_touch=False
    )
    context.set_default_timeout(SECONDS * 1000)
    try:
        yield ChromiumHands(context.new_page(), scripts=scripts)
    finally:
        context.close()
