"""Every page of the demo has no axe violation, fits a phone, and contacts no other site."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import EVERYTHING
from tests.journeys.people import log_in
from tests.whole import Whole

LOOKS: dict[str, dict[str, Any]] = {
    "phone, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}
PUBLIC = ("/", "/send", "/receipt", "/safety", "/login", "/nowhere", "/setup/spent", "/welcome/spent")
DESK = (
    "/desk/",
    "/desk/?lane=all&sort=oldest&photos=yes&flagged=yes",
    "/desk/?q=%D1%81%D1%83%D0%B4",
    "/desk/?lane=theirs&language=am",
    "/desk/?lane=publishing",
    "/desk/?lane=publishing&state=scheduled",
    "/desk/calendar",
    "/desk/calendar?week=2026-W01",
    "/desk/views",
    "/admin/",
    "/admin/queues/photos",
    "/admin/schedules",
    "/admin/dependencies",
    "/admin/incidents",
    "/admin/changes",
    "/admin/changes?kind=settings",
    "/admin/retention",
    "/admin/permissions",
    "/admin/resets",
    "/admin/jobs",
    "/admin/jobs?status=done&kind=photo.clean",
    "/admin/jobs/1",
    "/admin/jobs/discards?status=pausing",
    "/admin/tokens",
    "/admin/people",
    "/desk/replies",
    "/desk/replies?language=ug",
    "/desk/replies/new",
    "/desk/replies/1",
    "/change",
    "/desk/tokens",
    "/desk/me",
    "/desk/for-you",
    "/desk/chain",
)


class Eye:
    """Examines pages in one browser profile and collects problems."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.faults: list[str] = []
        self._host = ""
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("request", lambda request: self._see(request.url))

    def look(self, path: str = "") -> None:
        """Open `path`, or keep the current page, and examine it."""
        if path:
            self._host = urlsplit(path).netloc or self._host
            self.page.goto(path)
        where = path or self.page.url
        self.faults += [
            f"{where}: {found['id']} {[node['html'] for node in found['nodes']]}" for found in _axe(self.page)
        ]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.faults += [f"{where}: {wide} px too wide"] if wide > 0 else []

    def _hear(self, kind: str, text: str) -> None:
        if (
            kind in {"error", "warning"}
            and "Failed to load resource: the server responded with a status of 4" not in text
        ):
            self.faults.append(text)

    def _see(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:")):
            self.faults.append(f"asked {url}")


def _axe(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return found


@pytest.mark.parametrize("look", ["phone, dark", pytest.param("desktop, light", marks=pytest.mark.slow)])
def test_every_page_is_accessible_and_keeps_to_itself(demo: Whole, browser: Browser, look: str) -> None:
    context = browser.new_context(base_url=demo.settings.base_url, **LOOKS[look])
    eye = Eye(context)
    for path in PUBLIC:
        eye.look(path)
    log_in(eye.page, EVERYTHING)
    for path in DESK:
        eye.look(path)
    for path in _one_of_each_status(eye.page):
        eye.look(path)
    _look_at_an_edit_and_its_409(eye)
    context.close()
    assert eye.faults == []


def _one_of_each_status(page: Page) -> list[str]:
    paths = []
    for status in ("in_review", "changes_requested", "accepted", "rejected", "published"):
        page.goto(f"/desk/?status={status}")
        paths.append(page.locator("ol.queue a").first.get_attribute("href") or "")
    return paths


def _look_at_an_edit_and_its_409(eye: Eye) -> None:
    page = eye.page
    page.goto("/desk/")
    page.locator("ol.queue a").first.click()
    page.get_by_role("link", name="Edit the text").click()
    eye.look()
    page.locator("[name=version]").evaluate("field => field.value = 1")
    page.locator("[name=title]").fill("What I typed")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="It changed while you were working").wait_for()
    assert page.locator("[name=title]").input_value() == "What I typed"
    eye.look()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Edit the text").click()
    page.get_by_role("heading", name="Unsaved draft").wait_for()
    eye.look()
    page.get_by_role("button", name="Discard draft").click()
    page.get_by_role("heading", name="Edit", exact=True).wait_for()
