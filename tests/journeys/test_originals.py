"""A contributor allows that an original is kept, and two holders open it, each in a browser of their own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.people import PASSWORD
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole, running

ADMIN, FIRST, SECOND = "admin@transom.example", "first@transom.example", "second@transom.example"
MARK = "CNRYjourney"
PASSPHRASE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}\b")
LOOKS: dict[str, dict[str, Any]] = {
    "phone, dark": {"viewport": {"width": 360, "height": 640}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}
Look = Callable[[Page, str], None]


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    """Installation that keeps originals for 30 days, once two people have keys."""
    with running(
        tmp_path, TRANSOM_ORIGINAL_DAYS=30, TRANSOM_SECOND_FACTOR="optional", TRANSOM_UNDO_SECONDS=0
    ) as started:
        started.add_editor(ADMIN, PASSWORD, "admin")
        started.add_editor(FIRST, PASSWORD, "chief")
        started.add_editor(SECOND, PASSWORD, "editor")
        yield started


def person(whole: Whole, browser: Browser, email: str, look: dict[str, Any]) -> Page:
    """Return a page of a new browser profile, logged in."""
    context = browser.new_context(base_url=whole.settings.base_url, locale="en-GB", **look)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/login")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/(desk|admin)/"))
    return page


def make_key(page: Page, look: Look, name: str) -> str:
    """Make the person's own key. Returns the passphrase that the page shows once."""
    page.goto("/desk/me")
    page.get_by_role("link", name="Your key for unchanged photos").click()
    page.get_by_role("button", name="Make my key").click()
    page.get_by_text("Write this passphrase down now").wait_for()
    found = PASSPHRASE.search(page.locator("main").inner_text())
    assert found
    look(page, f"key-{name}")
    return found[0]


def send(page: Page, look: Look) -> str:
    """Send a photo and allow that its original is kept. Returns the receipt."""
    page.goto("/en/send")
    page.get_by_label("Title").fill("The bridge")
    page.locator("[name=body]").fill("It fell at noon.")
    page.get_by_text("Add photos").click()
    photo: FilePayload = {
        "name": "a.jpg",
        "mimeType": "image/jpeg",
        "buffer": jpeg_with_gps(320, 240, MARK),
    }
    page.locator("[name=photo-1]").set_input_files(photo)
    box = page.get_by_label("Yes, keep my unchanged photos for 30 days")
    expect(box).not_to_be_checked()
    box.check()
    page.get_by_label("I agree").check()
    look(page, "form")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="It has arrived").wait_for()
    look(page, "received")
    found = re.search(
        r"[0-9A-HJKMNP-TV-Z]{5}(?:[-\s]+[0-9A-HJKMNP-TV-Z]{5}){3}", page.locator("main").inner_text()
    )
    assert found
    return found[0]


def on_the_receipt(page: Page, receipt: str) -> Page:
    """Open the page of the receipt."""
    page.goto("/en/receipt")
    page.locator("[name=receipt]").fill(receipt)
    page.locator("main button[type=submit]").first.click()
    page.get_by_role("heading", name="Your story", exact=True).wait_for()
    return page


def journey(whole: Whole, browser: Browser, size: dict[str, Any], look: Look) -> None:
    """Name holders, keep an original, open it with two people, and destroy it. Calls `look` on each page."""
    admin = person(whole, browser, ADMIN, size)
    admin.goto("/admin/originals")
    look(admin, "admin-empty")
    first, second = (person(whole, browser, email, size) for email in (FIRST, SECOND))
    for _ in range(2):
        admin.goto("/admin/originals")
        admin.locator("select[name=person]").select_option(index=1)
        admin.get_by_role("button", name="Name", exact=True).click()
        admin.get_by_text("is named").first.wait_for()
    words = {page: make_key(page, look, name) for page, name in ((first, "first"), (second, "second"))}
    admin.goto("/admin/originals")
    expect(admin.get_by_text("Contributors are asked", exact=True)).to_be_visible()
    look(admin, "admin")
    admin.goto("/admin/settings")
    look(admin, "settings")
    contributor = browser.new_context(base_url=whole.settings.base_url, locale="en-GB", **size).new_page()
    receipt = send(contributor, look)

    def path() -> str:
        first.goto("/desk/?sort=newest")
        found = first.get_by_role("link", name="The bridge").first
        return (found.get_attribute("href") or "").partition("?")[0] if found.count() else ""

    submission = until(path, 60)
    first.goto(submission)
    look(first, "submission")
    first.get_by_role("link", name="Open them together").click()
    first.get_by_label("Why must you see them?").fill("The bridge looks newer than the text says.")
    first.get_by_label("Your passphrase").fill(words[second])
    look(first, "ask")
    first.get_by_role("button", name="Ask", exact=True).click()
    first.get_by_text("This does not open it.").first.wait_for()
    first.get_by_label("Your passphrase").fill(words[first])
    first.get_by_role("button", name="Ask", exact=True).click()
    first.get_by_role("heading", name="You have asked").wait_for()
    look(first, "asked")
    second.goto(f"{submission}/originals")
    second.get_by_label("Your passphrase").fill(words[second])
    look(second, "agree")
    second.get_by_role("button", name="Agree, and open them").click()
    second.get_by_role("heading", name="Open now").wait_for()
    first.get_by_role("link", name="Look again").click()
    look(first, "open")
    for page in (first, second):
        page.get_by_label("Your passphrase").fill(words[page])
        with page.expect_download() as started:
            page.get_by_role("button", name="Download the file").click()
        file = Path(started.value.path()).read_bytes()
        assert file == jpeg_with_gps(320, 240, MARK)
        assert started.value.suggested_filename.endswith(".bin")
        page.get_by_label("Your passphrase").fill(words[page])
        page.get_by_role("button", name="Read what it tells").click()
        page.get_by_role("heading", name="What photo 1 tells").wait_for()
        expect(page.locator("main")).to_contain_text(MARK)
        assert page.locator("main img").count() == 0
    look(first, "read")
    on_the_receipt(contributor, receipt)
    expect(contributor.get_by_text("Two people of the magazine opened them on")).to_be_visible()
    look(contributor, "receipt")
    contributor.get_by_role("button", name="Destroy them now").click()
    expect(contributor.get_by_text("Your unchanged photos are destroyed.")).to_be_visible()
    second.goto(f"{submission}/originals")
    expect(second.get_by_text("Nothing is kept").first).to_be_visible()
    expect(second.get_by_role("heading", name="Open now")).to_have_count(0)
    look(second, "destroyed")


@pytest.mark.slow
@pytest.mark.parametrize("size", LOOKS)
def test_two_people_open_what_the_contributor_allowed(whole: Whole, browser: Browser, size: str) -> None:
    faults: list[str] = []

    def look(page: Page, name: str) -> None:
        found = Axe().run(page).response["violations"]
        faults.extend(f"{name}: {one['id']} {[node['html'] for node in one['nodes']]}" for one in found)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults.extend([f"{name}: {wide} px too wide"] if wide > 0 else [])

    journey(whole, browser, LOOKS[size], look)
    assert faults == []
