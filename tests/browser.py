"""A real browser: Chromium from the system, else Playwright's. Without either, its tests are skipped with a clear warning."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Playwright

NO_BROWSER = "there is no browser on this machine"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs in the order of choice. The headless shell draws the same pages and needs half of the CPU time of the others."""
RUNNING: "list[Browser]" = []
"""The Chromium of this pytest worker, once a test has asked for it."""

ARGS = [
    "--no-sandbox",  # Chromium refuses to start as root with its sandbox. It opens only pages that the tests make.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser(playwright: "Playwright") -> str | None:
    """The path of a Chromium, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for each pytest worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            pytest.skip(NO_BROWSER)
        running = playwright.chromium.launch(executable_path=path, args=ARGS)
        RUNNING.append(running)
        yield running
        RUNNING.remove(running)
        running.close()


@pytest.fixture(autouse=True)
def _pages_end_with_their_test() -> "Iterator[None]":
    """Close the profiles that a test left open: one open page of the desk keeps 29 % of a core busy for the rest of the run."""
    before = {context for browser in RUNNING for context in browser.contexts}
    yield
    for context in [context for browser in RUNNING for context in browser.contexts]:
        if context not in before:
            context.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A tab in a fresh profile, at desktop width. For others: `browser.new_context(...)`."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a warning at the end of a run in which tests of pages were skipped for want of a browser."""
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(one.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"NO BROWSER: {len(skipped)} tests that need one were skipped. Install Chromium (`apt install chromium`).",
            red=True,
            bold=True,
        )
