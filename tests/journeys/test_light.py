"""The contributor's side is light: few requests, few bytes, and little scrolling to the button that sends."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from intake.paths import STATIC
from intake.web import bundles
from tests.journeys.pictures import three_photos
from tests.whole import Whole

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
ICON = re.compile(r'<link rel="icon" href="([^"]+)"')
needs_bundles = pytest.mark.skipif(
    not bundles.read(STATIC).files, reason="script/setup could not bundle stylesheets and scripts"
)


class Line:
    """Counts what a browser fetches. Requests that its cache answers do not count."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.fetched: dict[str, int] = {}
        self._urls: dict[str, str] = {}
        devtools = context.new_cdp_session(self.page)
        devtools.send("Network.enable")
        devtools.on("Network.responseReceived", self._begin)
        devtools.on("Network.requestServedFromCache", self._forget)
        devtools.on("Network.loadingFinished", self._end)

    def _begin(self, event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache"):
            self._urls[event["requestId"]] = event["response"]["url"]

    def _forget(self, event: dict[str, Any]) -> None:
        self._urls.pop(event["requestId"], None)

    def _end(self, event: dict[str, Any]) -> None:
        url = self._urls.pop(event["requestId"], None)
        if url and event["encodedDataLength"]:
            self.fetched[url] = int(event["encodedDataLength"])

    def open(self, path: str) -> dict[str, int]:
        """Open a page. Returns {URL: transferred bytes}, compressed and with headers."""
        self.fetched.clear()
        self.page.goto(path, wait_until="networkidle")
        return dict(self.fetched)


@needs_bundles
@pytest.mark.parametrize(
    "path",
    ["/", "/send", *(pytest.param(path, marks=pytest.mark.slow) for path in ("/receipt", "/safety"))],
    ids=["start", "form", "receipt", "safety"],
)
def test_a_first_page_is_four_requests_and_25_kilobytes_and_the_next_is_one(
    newsroom: Whole, browser: Browser, path: str
) -> None:
    context = browser.new_context(base_url=newsroom.settings.base_url, **PHONE)
    line = Line(context)
    first = line.open(path)
    # A headless browser does not fetch the icon, so add its size here.
    (icon,) = ICON.findall(line.page.content())
    length = newsroom.client.get(icon).headers["Content-Length"]
    first.setdefault(newsroom.settings.base_url + icon, int(length))
    print(f"\n{path}: {len(first)} requests, {sum(first.values())} bytes: {first}")
    assert len(first) <= 4
    assert sum(first.values()) <= 25_000
    for other in ("/safety", "/receipt", "/send", "/"):
        second = line.open(other)
        assert len(second) == 1, second
    context.close()


@SCRIPTS
def test_the_button_to_send_is_within_two_and_a_half_screens(
    newsroom: Whole, browser: Browser, scripts: bool
) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url, java_script_enabled=scripts, **PHONE)
    page.goto("/send")
    button = page.get_by_role("button", name="Send", exact=True).bounding_box()
    assert button
    screens = (button["y"] + button["height"]) / 640
    print(f"\n{screens:.2f} screens")
    assert screens <= 2.5
    for seen in (
        page.get_by_label("Text", exact=True),
        page.locator(".consent"),
        page.get_by_label("I agree"),
    ):
        expect(seen).to_be_visible()
    page.close()


def test_a_fold_opens_when_the_browser_has_filled_a_field_in_it(newsroom: Whole, browser: Browser) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url, **PHONE)
    page.goto("/send")
    contact = page.get_by_label("How to reach you")
    expect(contact).to_be_hidden()
    # Simulate a browser that restores a field after Back, Reload or a restart.
    contact.evaluate("field => { field.value = 'signal'; dispatchEvent(new Event('pageshow')); }")
    expect(contact).to_be_visible()
    expect(page.get_by_label("In which language")).to_be_hidden()
    page.locator("[name=language]").evaluate(
        "field => { field.selectedIndex = 3; dispatchEvent(new Event('pageshow')); }"
    )
    expect(page.get_by_label("In which language")).to_be_visible()
    page.close()


def test_a_fold_opens_when_the_browser_refuses_a_field_in_it(newsroom: Whole, browser: Browser) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url, **PHONE)
    page.goto("/send")
    day = page.get_by_label("Do not publish before")
    page.locator("[name=consent]").check()
    day.evaluate("field => field.setCustomValidity('no')")
    expect(day).to_be_hidden()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(day).to_be_visible()
    page.close()


def test_the_words_of_a_photo_appear_when_it_is_chosen(
    newsroom: Whole, browser: Browser, tmp_path: Any
) -> None:
    page: Page = browser.new_page(base_url=newsroom.settings.base_url, **PHONE)
    page.goto("/send")
    page.get_by_text("Add photos").click()
    expect(page.locator("[name=caption-1]")).to_be_hidden()
    page.locator("[name=photo-1]").set_input_files(three_photos(tmp_path)[0])
    expect(page.locator("[name=caption-1]")).to_be_visible()
    page.close()
