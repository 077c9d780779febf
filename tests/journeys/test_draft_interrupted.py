"""The server or the browser dies in the middle of a draft, in both browsers."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Route, ViewportSize

from tests.browser import ARGS, NAMES
from tests.firefox import firefox
from tests.journeys.hands import SECONDS, ChromiumHands, FirefoxHands, Hands, hands
from tests.journeys.line import Line, line
from tests.journeys.test_draft import MB, TEXT, TITLE, picture
from tests.waiting import until
from tests.whole import Whole

BROKEN = "The connection is broken. What you typed is still here"
AGAIN = "The connection broke. Trying again"
RESTORING = {
    "browser.startup.page": 3,
    "browser.sessionstore.resume_from_crash": True,
    "browser.sessionstore.interval": 500,
}
"""Preferences with which Firefox restores its pages after a crash, and saves their list twice a second."""
WINDOW: ViewportSize = {"width": 1280, "height": 900}
BROWSERS = ["chromium", "firefox"]


def begin(page: Hands, url: str) -> str:
    """Begin a draft, and return its code."""
    page.goto(f"{url}/en/")
    page.press("form[action$='/drafts'] button")
    until(lambda: page.count(".receipt__code"), SECONDS)
    code = page.text(".receipt__code").replace("\n", "")
    page.press("[name=noted]")
    # The script removes the button without scripts once it is ready.
    until(lambda: page.count("#new-photo") and not page.count("[data-add-button]"), SECONDS)
    return code


def come_back(page: Hands, url: str, code: str) -> None:
    """Open the draft with its code, from the home page."""
    page.goto(f"{url}/en/")
    page.fill("#receipt", code)
    page.press("form[action$='/receipt'] button.button")
    until(lambda: page.count("#new-photo"), SECONDS)


def write(page: Hands) -> None:
    page.fill("#title", TITLE)
    page.fill("#body", TEXT)


def is_saved(page: Hands) -> bool:
    return page.text("[data-saved]").strip() == "Saved."


@contextmanager
def counted(wire: Line, size: int) -> Iterator[None]:
    """Assert that the browser sends a file of `size` bytes only once in this block, with at most 10 % overhead."""
    before = wire.sent
    yield
    sent = wire.sent - before
    print(f"{size} bytes, {sent} sent: {sent / size:.3f}")
    assert size <= sent <= 1.1 * size


def kill_web(whole: Whole) -> None:
    """Kill the web server with all its processes. The supervisor starts it again."""
    for pid in until(lambda: whole.pids("web"), SECONDS):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BROWSERS)
def test_an_upload_goes_on_when_the_server_is_back(
    newsroom: Whole, browser: Browser, tmp_path: Path, kind: str
) -> None:
    photo, size = picture(tmp_path, "1.jpg", 20 * MB), 20 * MB
    with line(newsroom.settings.port) as wire:
        url = f"http://127.0.0.1:{wire.port}"
        with hands(kind, browser, url, WINDOW, scripts=True) as page:
            code = begin(page, url)
            with counted(wire, size):
                start = wire.sent
                page.choose("#new-photo", [photo])
                until(lambda: wire.sent > start + 4 * MB, SECONDS)
                kill_web(newsroom)
                write(page)
                # While the server is down, the page must not claim that anything was saved or sent.
                until(lambda: AGAIN in page.text("[data-upload-rows]"), SECONDS)
                assert not is_saved(page)
                assert page.count("[data-photo]") == 0
                until(lambda: page.count("[data-photo]") == 1, SECONDS)
            until(lambda: is_saved(page), SECONDS)
            come_back(page, url, code)
            assert (page.value("#title"), page.value("#body")) == (TITLE, TEXT)
            assert page.count("[data-photo]") == 1


@pytest.mark.parametrize("kind", ["chromium", pytest.param("firefox", marks=pytest.mark.slow)])
def test_words_are_not_called_saved_while_the_server_is_away(
    newsroom: Whole, browser: Browser, kind: str
) -> None:
    with line(newsroom.settings.port) as wire:
        url = f"http://127.0.0.1:{wire.port}"
        with hands(kind, browser, url, WINDOW, scripts=True) as page:
            code = begin(page, url)
            wire.is_down = True
            write(page)
            until(lambda: BROKEN in page.text("[data-saved]"), SECONDS)
            kill_web(newsroom)
            wire.is_down = False
            until(lambda: is_saved(page), SECONDS)
            come_back(page, url, code)
            assert (page.value("#title"), page.value("#body")) == (TITLE, TEXT)


@contextmanager
def profile(kind: str, browser: Browser, folder: Path) -> Iterator[Hands]:
    """Open a browser with a persistent profile, and kill it at the end of the block, as a flat battery would."""
    if kind == "firefox":
        with firefox(profile=folder, preferences=RESTORING) as tab:
            yield FirefoxHands(tab)
            tab.crash()
        return
    # Unlike Firefox, headless Chromium cannot reopen its pages after a crash. Only the profile folder is kept.
    program = next(filter(None, map(shutil.which, NAMES)), None)
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=program, args=ARGS, locale="en-GB"
    )
    context.set_default_timeout(SECONDS * 1000)
    yield ChromiumHands(context.pages[0] if context.pages else context.new_page())
    for pid in _pids(folder):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(Error):
        context.close()


def _pids(folder: Path) -> list[int]:
    """Return the ids of the browser processes that use the folder of this profile."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--user-data-dir={folder}".encode() in (path / "cmdline").read_bytes():
                found.append(int(path.name))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", BROWSERS)
def test_a_browser_that_crashed_comes_back_by_the_code(
    newsroom: Whole, browser: Browser, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    photo, size = picture(tmp_path, "1.jpg", 20 * MB), 20 * MB
    with line(newsroom.settings.port) as wire:
        url = f"http://127.0.0.1:{wire.port}"
        with counted(wire, size):
            with profile(kind, browser, folder) as page:
                code = begin(page, url)
                write(page)
                until(lambda: is_saved(page), SECONDS)
                start = wire.sent
                page.choose("#new-photo", [photo])
                until(lambda: wire.sent > start + 5 * MB, SECONDS)
            with profile(kind, browser, folder) as page:
                come_back(page, url, code)
                assert (page.value("#title"), page.value("#body")) == (TITLE, TEXT)
                page.choose("#new-photo", [photo])
                until(lambda: page.count("[data-photo]") == 1, SECONDS)


@pytest.mark.slow
def test_a_page_that_is_restored_after_a_crash_says_where_to_go(newsroom: Whole, tmp_path: Path) -> None:
    """Firefox requests a restored page by its URL alone, without the code, so the draft is not opened."""
    url = newsroom.settings.base_url
    folder = tmp_path / "profile"
    folder.mkdir()
    with firefox(profile=folder, preferences=RESTORING) as tab:
        page = FirefoxHands(tab)
        code = begin(page, url)
        write(page)
        until(lambda: is_saved(page), SECONDS)
        # Firefox saves its list of pages soon after a navigation. It does not save text typed into this page.
        before = time.time()
        tab.run("location.hash = 'body'")
        kept = folder / "sessionstore-backups" / "recovery.jsonlz4"
        until(lambda: kept.exists() and kept.stat().st_mtime > before, SECONDS)
        tab.crash()
    with firefox(profile=folder, preferences=RESTORING) as tab:
        page = FirefoxHands(tab)
        until(lambda: tab.run("location.href").startswith(url), SECONDS)
        tab.shows("first page")
        come_back(page, url, code)
        assert (page.value("#title"), page.value("#body")) == (TITLE, TEXT)


def test_what_came_before_the_scripts_is_not_lost(newsroom: Whole, browser: Browser, tmp_path: Path) -> None:
    """On a slow line, people type and choose photos before the scripts of the page have loaded."""
    url = newsroom.settings.base_url
    with hands("chromium", browser, url, WINDOW, scripts=True) as page:
        assert isinstance(page, ChromiumHands)
        code = begin(page, url)
        held: list[Route] = []
        page.page.route("**/*.js", lambda route: held.append(route))
        page.page.goto(f"{url}/en/", wait_until="commit")
        page.fill("#receipt", code)
        page.page.locator("form[action$='/receipt'] button.button").click(no_wait_after=True)
        page.page.locator("#body").wait_for()
        write(page)
        page.choose("#new-photo", [picture(tmp_path, "1.jpg")])
        assert (is_saved(page), page.count("[data-photo]")) == (False, 0)
        page.page.unroute("**/*.js")
        for route in held:
            with contextlib.suppress(Error):
                route.continue_()
        until(lambda: is_saved(page) and page.count("[data-photo]") == 1, SECONDS)
        come_back(page, url, code)
        assert (page.value("#title"), page.value("#body")) == (TITLE, TEXT)
