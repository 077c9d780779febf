"""A draft in a real browser: begun, interrupted in every way, continued in another browser, sent."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.line import Line, line
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

TITLE, TEXT = "Over the river", "The ice broke at noon.\n\nWe were asleep."
MB = 1024 * 1024
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


class Writer:
    """Contributor with a browser who writes a draft. `code` opens the draft again."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(30_000)
        self.context, self.page, self.code = context, context.new_page(), ""

    def begin(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("button", name="Begin").click()
        self.code = self.page.locator(".receipt__code").inner_text().replace("\n", "")
        self.page.get_by_role("button", name="I wrote it down").click()
        expect(self.page.get_by_role("heading", name="Your draft")).to_be_visible()

    def come_back(self) -> None:
        self.page.goto("/")
        self.page.get_by_label("Your code").fill(self.code.lower().replace("-", " "))
        self.page.get_by_role("button", name="Open it").click()

    def write(self, title: str = TITLE, text: str = TEXT) -> None:
        self.page.locator("#title").fill(title)
        self.page.locator("#body").fill(text)

    def is_saved(self) -> None:
        expect(self.page.locator("[data-saved]")).to_have_text("Saved.")

    def sees_three_clean_photos(self) -> bool:
        """Open the draft again, and return whether three thumbnails are shown."""
        self.come_back()
        return self.page.locator("[data-photo] img").count() == 3

    def has(self, title: str = TITLE, text: str = TEXT, photos: int = 0) -> None:
        expect(self.page.locator("#title")).to_have_value(title)
        expect(self.page.locator("#body")).to_have_value(text)
        expect(self.page.locator("[data-photo]")).to_have_count(photos)


def writer(browser: Browser, newsroom: Whole, port: int = 0, **options: object) -> Writer:
    """Return a Writer with a new browser profile, connected through the given port (a Line), or directly."""
    url = f"http://127.0.0.1:{port or newsroom.settings.port}"
    return Writer(browser.new_context(base_url=url, locale="en-GB", **options))  # type: ignore[arg-type]


def picture(folder: Path, name: str, size: int = 0) -> Path:
    """Write a photo with a GPS position, of at least `size` bytes."""
    path = folder / name
    data = made.jpeg_with_gps(400, 300, name)
    path.write_bytes(data + os.urandom(max(0, size - len(data))))
    return path


def axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []


@pytest.mark.parametrize(
    ("size", "scripts"),
    [
        pytest.param(PHONE, True, id="phone, scripts"),
        pytest.param(PHONE, False, id="phone, no scripts", marks=pytest.mark.slow),
        pytest.param(LAPTOP, True, id="laptop, scripts", marks=pytest.mark.slow),
        pytest.param(LAPTOP, False, id="laptop, no scripts"),
    ],
)
def test_begun_left_continued_elsewhere_and_sent(
    newsroom: Whole, browser: Browser, tmp_path: Path, scripts: bool, size: dict[str, int]
) -> None:
    asel = writer(browser, newsroom, viewport=size, java_script_enabled=scripts)
    asel.begin()
    asel.write()
    for number in range(3):
        asel.page.get_by_label("Add a photo").set_input_files(picture(tmp_path, f"{number}.jpg"))
        if not scripts:
            asel.page.get_by_role("button", name="Add it").first.click()
        expect(asel.page.locator("[data-photo]")).to_have_count(number + 1)
    asel.is_saved()
    asel.context.close()
    bek = writer(browser, newsroom, viewport=size, java_script_enabled=scripts)
    bek.code = asel.code
    bek.come_back()
    bek.has(photos=3)
    until(bek.sees_three_clean_photos, 60)
    if scripts:
        axe_finds_nothing(bek.page)
    bek.page.locator("[data-photo]").nth(2).get_by_role("button", name="Move up").click()
    bek.page.locator("[data-photo]").first.get_by_label("What it shows").fill("The river in May")
    bek.page.get_by_role("button", name="Check and send").click()
    expect(bek.page.get_by_text("The river in May")).to_be_visible()
    expect(bek.page.get_by_text("Removed: the position").first).to_be_visible()
    if scripts:
        axe_finds_nothing(bek.page)
    bek.page.get_by_label("I agree").check()
    bek.page.get_by_role("button", name="Send", exact=True).click()
    expect(bek.page.get_by_role("heading", name="It has arrived")).to_be_visible()
    bek.come_back()
    expect(bek.page.get_by_role("heading", name="Your story")).to_be_visible()
    bek.context.close()


def test_nothing_typed_is_lost_by_back_reload_or_a_closed_window(newsroom: Whole, browser: Browser) -> None:
    asel = writer(browser, newsroom)
    asel.begin()
    asel.write()
    asel.is_saved()
    asel.page.reload()
    asel.has()
    asel.write("Another title")
    asel.page.goto("/safety")
    asel.come_back()
    asel.has("Another title")
    asel.write("A third one")
    asel.page.close(run_before_unload=True)
    asel.page = asel.context.new_page()
    asel.come_back()
    asel.has("A third one")
    asel.write("A fourth one")
    asel.is_saved()
    asel.page.go_back()
    asel.come_back()
    asel.has("A fourth one")
    asel.context.close()


def test_words_wait_for_a_line_that_is_down(newsroom: Whole, browser: Browser) -> None:
    with line(newsroom.settings.port) as wire:
        asel = writer(browser, newsroom, wire.port)
        asel.begin()
        wire.is_down = True
        asel.write()
        expect(asel.page.locator("[data-saved]")).to_contain_text("The connection is broken")
        wire.is_down = False
        asel.is_saved()
        asel.come_back()
        asel.has()
        asel.context.close()


def test_two_pages_of_a_draft_do_not_overwrite_each_other(newsroom: Whole, browser: Browser) -> None:
    asel = writer(browser, newsroom)
    asel.begin()
    bek = writer(browser, newsroom)
    bek.code = asel.code
    bek.come_back()
    bek.write("From another phone")
    bek.is_saved()
    asel.write("From the first phone")
    expect(asel.page.locator("[data-saved]")).to_contain_text("Press Save to see both")
    asel.page.get_by_role("button", name="Save", exact=True).last.click()
    asel.has("From another phone")
    expect(asel.page.get_by_text("From the first phone")).to_be_visible()
    for one in (asel, bek):
        one.context.close()


@pytest.mark.parametrize(
    # The limit is a factor. The first cut loses most data: only after it does the page choose smaller requests.
    ("size", "limit"),
    [(10 * MB, 1.2), pytest.param(40 * MB, 1.1, marks=pytest.mark.slow)],
)
def test_a_photo_over_a_line_that_is_cut_again_and_again(
    newsroom: Whole, browser: Browser, tmp_path: Path, size: int, limit: float
) -> None:
    with line(newsroom.settings.port) as wire:
        asel = writer(browser, newsroom, wire.port)
        asel.begin()
        before, wire.cut_every = wire.sent, 2 * MB
        photos = [picture(tmp_path, "1.jpg", size), picture(tmp_path, "2.jpg", 3 * MB)]
        expect(asel.page.locator("[data-add-button]")).to_have_count(0)  # only a script takes several files
        asel.page.get_by_label("Add a photo").set_input_files(photos)
        expect(asel.page.locator("[data-photo]")).to_have_count(2, timeout=300_000)
        sent, whole = wire.sent - before, size + 3 * MB
        print(f"{whole} bytes, {sent} sent: {sent / whole:.3f}; {wire.cuts} cuts")
        assert wire.cuts >= whole // (2 * MB) - 2
        assert sent <= limit * whole
        asel.context.close()


def test_a_browser_that_is_closed_twice_goes_on_where_it_stopped(
    newsroom: Whole, browser: Browser, tmp_path: Path
) -> None:
    photo, size = picture(tmp_path, "1.jpg", 12 * MB), 12 * MB
    with line(newsroom.settings.port) as wire:
        code, before = "", 0
        for number in range(3):
            asel = writer(browser, newsroom, wire.port)
            asel.code = code
            if number:
                asel.come_back()
            else:
                asel.begin()
                code, before = asel.code, wire.sent
            start = wire.sent
            asel.page.get_by_label("Add a photo").set_input_files(photo)
            if number < 2:
                until(lambda start=start: wire.sent > start + 3 * MB, 60)  # type: ignore[misc]
            else:
                expect(asel.page.locator("[data-photo]")).to_have_count(1, timeout=60_000)
            asel.context.close()
        sent = wire.sent - before
        print(f"{size} bytes, {sent} sent: {sent / size:.3f}")
        assert sent <= 1.4 * size


def test_a_file_that_cannot_be_taken_is_refused_in_its_row(
    newsroom: Whole, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + os.urandom(MB))
    (tmp_path / "large.jpg").write_bytes(bytes(51 * MB))
    asel = writer(browser, newsroom)
    asel.begin()
    files = [tmp_path / "film.mp4", picture(tmp_path, "good.jpg"), tmp_path / "large.jpg"]
    expect(asel.page.locator("[data-add-button]")).to_have_count(0)  # only a script takes several files
    asel.page.get_by_label("Add a photo").set_input_files(files)
    rows = asel.page.locator("[data-upload-rows] li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("This is a video")
    expect(rows.last).to_contain_text("More than 50 MB cannot be taken")
    expect(asel.page.locator("[data-photo]")).to_have_count(1)
    axe_finds_nothing(asel.page)
    asel.context.close()


def test_the_line_keeps_a_count(newsroom: Whole) -> None:
    """The tests above rely on this count."""
    with line(newsroom.settings.port) as wire:
        assert isinstance(wire, Line)
        assert newsroom.client.get(f"http://127.0.0.1:{wire.port}/").status_code == 200
        assert wire.sent > 50
