"""An admin sees the whole system on one screen, and goes from there to the details."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from intake.models.heartbeat import KINDS
from tests.journeys.people import PASSWORD
from tests.waiting import until
from tests.whole import Whole

ADMIN = "miriam.admin@transom.example"
SCREEN = (1280, 900)
WIDTHS = (360, 390, 1280, 1600)


@pytest.fixture(scope="module")
def watched(newsroom: Whole) -> Whole:
    newsroom.add_editor(ADMIN, PASSWORD, "admin")
    return newsroom


@pytest.fixture
def admin(watched: Whole, browser: Browser) -> Iterator[Page]:
    newsroom = watched
    until(lambda: newsroom.client.get("/healthz/ready").status_code == 200, 60)
    context = browser.new_context(
        base_url=newsroom.settings.base_url,
        locale="en-GB",
        viewport={"width": SCREEN[0], "height": SCREEN[1]},
        # Without transitions, axe cannot measure a colour halfway between light and dark.
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("E-mail").fill(ADMIN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile("/admin/$"))
    yield page
    context.close()


def _shows_all_processes(admin: Page) -> bool:
    page = admin.request.get("/admin/").text()
    return all(f">{kind}@" in page for kind in KINDS)


def test_the_system_status_is_one_screen(admin: Page) -> None:
    until(lambda: _shows_all_processes(admin), 60)
    admin.reload()
    expect(admin.get_by_role("heading", name="Submissions are being processed")).to_be_visible()
    order = [one.inner_text() for one in admin.get_by_role("heading", level=2).all()]
    assert order == ["Queues", "Processes", "Scheduled jobs", "Dependencies"]
    expect(admin.get_by_role("table").nth(0).get_by_role("row")).to_have_count(6)
    expect(admin.get_by_role("table").nth(1).get_by_role("row")).to_have_count(5)
    assert admin.evaluate("document.documentElement.scrollHeight") <= SCREEN[1]
    schemes: tuple[Literal["dark"], Literal["light"]] = ("dark", "light")
    for scheme in schemes:
        admin.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            admin.set_viewport_size({"width": width, "height": SCREEN[1]})
            assert admin.evaluate("document.documentElement.scrollWidth") <= width
            assert Axe().run(admin).response["violations"] == []


def test_a_queue_is_paused_on_its_page_and_the_open_page_shows_it(admin: Page) -> None:
    with admin.context.expect_page() as opened:
        admin.evaluate("window.open('/admin/queues/publish')")
    other = opened.value
    other.get_by_label("Reason").fill("The archive is copied")
    other.get_by_role("button", name="Pause publish").click()
    expect(
        admin.get_by_role("heading", name="the queue publish is paused (The archive is copied)")
    ).to_be_visible()
    admin.get_by_role("button", name="Resume publish").click()
    expect(admin.get_by_role("heading", name="Submissions are being processed")).to_be_visible()
    expect(admin.get_by_role("link", name="Pause publish")).to_be_visible()


def test_the_details_are_behind_links(admin: Page) -> None:
    admin.get_by_role("link", name=re.compile("^worker@")).click()
    expect(admin.get_by_role("button", name="Finish and stop")).to_be_visible()
    admin.get_by_role("link", name="Back to the system status").click()
    admin.get_by_role("link", name="All, and run one now").click()
    expect(admin.get_by_role("rowheader", name="canary.photos")).to_be_visible()
    admin.get_by_role("link", name="Back to the system status").click()
    admin.get_by_role("link", name="Incidents").click()
    expect(admin.get_by_role("heading", name="Incidents", level=1)).to_be_visible()
