"""Redaction with the mouse, with the keyboard only, and without scripts."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import ASEL, NEWEST
from tests.journeys.people import decide, log_in
from tests.photos.retouch.secrets import left, likeness, pattern, planted, seen, source
from tests.waiting import until
from tests.whole import Whole

NOTHING = 0.1


@pytest.fixture
def desk(newsroom: Whole, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Browser page that shows a submission with one photo on the desk."""
    how: dict[str, Any] = getattr(request, "param", {})
    newsroom.submit(request.node.name, photos=[source("jpeg")], **{"caption-1": "A square"})
    context = browser.new_context(
        base_url=newsroom.settings.base_url, viewport={"width": 1280, "height": 900}, **how
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(page, ASEL)
    until(lambda: request.node.name in page.request.get(NEWEST).text(), 30)
    page.goto(NEWEST)
    page.get_by_role("link", name=request.node.name).click()
    yield page
    context.close()
    assert faults == []


def open_photo(page: Page) -> None:
    page.get_by_role("link", name="View, redact or crop (Photo 1)").click()
    expect(page.get_by_role("heading", name="Photo 1 of 1")).to_be_visible()


def picture(page: Page) -> bytes:
    """Return the shown image. Retries, because the old copy may be deleted before the page is refreshed."""

    def fetched() -> bytes:
        address = page.get_by_role("img", name="Photo 1: A square").get_attribute("src") or ""
        answer = page.request.get(address)
        return answer.body() if answer.ok else b""

    return until(fetched, 10)


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def wait_until_done(page: Page) -> None:
    """Wait until the page refreshes itself by script."""
    expect(page.get_by_text("will be destroyed")).to_have_count(0, timeout=20_000)
    until(lambda: left(seen(picture(page))[0], pattern()) < NOTHING, 10)


@pytest.mark.slow
def test_with_the_mouse(desk: Page) -> None:
    open_photo(desk)
    accessible(desk)
    desk.get_by_role("link", name="Redact").click()
    stage = desk.get_by_role("img", name="Photo 1: A square")
    draw(desk, stage, (0.1, 0.1), (0.2, 0.2))
    draw(desk, stage, (0.38, 0.3), (0.66, 0.62))
    expect(desk.get_by_role("group", name="Mark 2")).to_be_visible()
    accessible(desk)
    desk.get_by_role("button", name="Remove mark 1").click()
    expect(desk.get_by_role("group", name="Mark 2")).to_have_count(0)
    desk.get_by_role("button", name="Destroy what is marked").click()

    expect(desk.get_by_text("1 mark by Asel.")).to_be_visible()
    accessible(desk)
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("1 mark by Asel.")).to_have_count(0)
    assert left(seen(picture(desk))[0], pattern()) > 0.9

    desk.get_by_role("link", name="Redact").click()
    draw(desk, desk.get_by_role("img", name="Photo 1: A square"), (0.38, 0.3), (0.66, 0.62))
    desk.get_by_role("button", name="Destroy what is marked").click()
    old = desk.get_by_role("img", name="Photo 1: A square").get_attribute("src") or ""
    wait_until_done(desk)
    assert desk.get_by_role("img", name="Photo 1: A square").get_attribute("src") != old
    assert left(seen(desk.request.get(old).body())[0], pattern()) < NOTHING
    zipped(desk)


def zipped(page: Page) -> None:
    """Accept and download, and assert that no photo in the ZIP shows the redacted area."""
    page.get_by_role("link", name="Back to the submission").click()
    page.wait_for_url(re.compile(r"/submissions/[0-9a-f-]+(\?.*)?$"))
    address = urlsplit(page.url).path
    decide(page, "Accept")
    until(lambda: page.request.get(f"{address}/export.zip").ok, 30)
    answer = page.request.get(f"{address}/export.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as packed:
        frame = seen(packed.read("photos/01.jpg"))[0]
    assert left(frame, pattern()) < NOTHING
    assert likeness(frame.crop((0, 0, 240, 480)), planted().crop((0, 0, 240, 480))) > 0.98


def draw(page: Page, stage: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Wait until the script has added its buttons. Before that, the previous page can still be shown."""
    expect(page.get_by_role("button", name="Add a box")).to_be_visible()
    expect(stage).to_have_js_property("complete", True)
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=5)
    page.mouse.up()


def test_with_the_keyboard_alone(desk: Page) -> None:
    press = desk.keyboard.press
    tab_to(desk, desk.get_by_role("link", name="View, redact or crop (Photo 1)"))
    press("Enter")
    tab_to(desk, desk.get_by_role("link", name="Redact"))
    press("Enter")
    tab_to(desk, desk.get_by_role("button", name="Add a box"))
    press("Enter")
    press("Delete")
    expect(desk.get_by_role("button", name="Add a box")).to_be_focused()
    press("Enter")
    expect(desk.get_by_role("button", name="Mark 1, box, solid black")).to_be_focused()
    for key, times in (("ArrowUp", 10), ("ArrowLeft", 2), ("Shift+ArrowRight", 8), ("Shift+ArrowDown", 12)):
        for _ in range(times):
            press(key)
    expect(desk.locator("[data-said]")).to_have_text(
        "Mark 1: 38 percent from the left, 30 from the top, 28 wide, 32 high"
    )
    tab_to(desk, desk.get_by_role("button", name="Destroy what is marked"))
    press("Enter")
    expect(desk.get_by_text("1 mark by Asel.")).to_be_visible()
    wait_until_done(desk)


def tab_to(page: Page, target: Locator) -> None:
    target.wait_for()
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with the Tab key")


@pytest.mark.slow
@pytest.mark.parametrize("desk", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script(desk: Page) -> None:
    open_photo(desk)
    desk.get_by_role("link", name="Redact").click()
    rows = desk.get_by_role("group", name=re.compile("Mark"))
    desk.get_by_role("button", name="Destroy what is marked").click()
    expect(desk.get_by_text("Nothing is marked yet.")).to_be_visible()
    desk.get_by_role("button", name="Add another mark").click()
    expect(rows).to_have_count(4)
    row = rows.nth(3)
    for label, number in (("From the left", "38"), ("From the top", "30"), ("Width", "28"), ("Height", "32")):
        row.get_by_label(label).fill(number)
    desk.get_by_role("button", name="Destroy what is marked").click()
    expect(desk.get_by_text("1 mark by Asel.")).to_be_visible()
    until(lambda: left(seen(picture(desk))[0], pattern()) < NOTHING, 30)


@pytest.mark.slow
def test_a_crop_in_a_shape_and_the_whole_again(desk: Page) -> None:
    open_photo(desk)
    desk.get_by_role("link", name="Crop").click()
    desk.get_by_label("Shape").select_option("1:1")
    desk.get_by_role("button", name="Set a focal point").click()
    desk.keyboard.press("ArrowUp")
    frame = desk.get_by_role("button", name="Frame of the crop")
    frame.focus()
    desk.keyboard.press("Shift+ArrowLeft")
    accessible(desk)
    desk.get_by_role("button", name="Crop the photo").click()
    expect(desk.get_by_text("A crop by Asel.")).to_be_visible()
    expect(desk.get_by_text("A crop by Asel.")).to_have_count(0, timeout=20_000)
    width, height = seen(picture(desk))[0].size
    assert abs(width - height) <= 2
    assert width < 480
    desk.get_by_role("link", name="Change the crop").click()
    assert seen(picture(desk))[0].size == (640, 480)
    desk.get_by_role("button", name="Remove the crop").click()
    expect(desk.get_by_text("will be shown")).to_have_count(0, timeout=20_000)
    until(lambda: seen(picture(desk))[0].size == (640, 480), 10)


def test_a_graphic_picture_is_shown_to_who_asks(desk: Page) -> None:
    open_photo(desk)
    desk.get_by_role("button", name="Mark as graphic").click()
    shown = desk.get_by_label("Show it")
    image = desk.get_by_role("img", name="Photo 1: A square")
    expect(image).to_have_css("filter", "blur(24px) grayscale(1)")
    accessible(desk)
    shown.focus()
    desk.keyboard.press("Space")
    expect(image).to_have_css("filter", "none")
    desk.get_by_role("link", name="Back to the submission").click()
    expect(image).to_have_css("filter", "blur(24px) grayscale(1)")
    accessible(desk)
    desk.goto(NEWEST)
    expect(desk.get_by_role("link", name="a_graphic_picture")).to_be_visible()
    graphic = desk.get_by_role("article", name="a_graphic_picture")
    expect(graphic.locator("img")).to_have_count(0)
