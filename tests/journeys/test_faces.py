"""Suggested faces on the redaction page, and its tools: zoom, preview, undo, by mouse, keyboard and touch."""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, CDPSession, FloatRect, Locator, Page, expect

from intake.photos.faces import is_installed
from tests.journeys.conftest import ASEL, NEWEST
from tests.journeys.people import log_in
from tests.photos.faces.drawn import CENTRES, group
from tests.photos.made import opened
from tests.waiting import until
from tests.whole import Whole

needs_extra = pytest.mark.skipif(not is_installed(), reason="the extra transom[faces] is not installed")
LOOK_YOURSELF = "The program misses faces that are small, bent, veiled or turned: look yourself."
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def page(newsroom: Whole, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Page to redact a photo of three drawn people."""
    how: dict[str, Any] = getattr(request, "param", {})
    newsroom.submit(request.node.name, photos=[group()], **{"caption-1": "Three people"})
    wide = {"viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(base_url=newsroom.settings.base_url, **{**wide, **how})
    context.set_default_timeout(30_000)
    opened_page = context.new_page()
    faults: list[str] = []
    opened_page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(opened_page, ASEL)
    until(lambda: request.node.name in opened_page.request.get(NEWEST).text(), 30)
    opened_page.goto(NEWEST)
    opened_page.get_by_role("link", name=request.node.name).click()
    opened_page.get_by_role("link", name="View, redact or crop (Photo 1)").click()
    opened_page.get_by_role("link", name="Redact").click()
    expect(opened_page.get_by_role("button", name="Zoom in")).to_be_visible()
    # The picture has no width until it has loaded.
    until(lambda: number(opened_page) > 0, 30)
    yield opened_page
    context.close()
    assert faults == []


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def suggestions(page: Page) -> Locator:
    return page.get_by_role("button", name="Possible face").and_(page.locator(".proposed"))


def words(page: Page) -> Locator:
    """The sentence about the suggestions, not its announcement for screen readers."""
    return page.locator("[data-faces-words]")


def marks(page: Page) -> Locator:
    return page.get_by_role("button", name="Mark ").and_(page.locator(".drawn"))


def shown(page: Page) -> bytes:
    """Image file on the photo's page, once the pending change is done."""
    # A page that is still loading may not yet show the notice about a pending change.
    page.wait_for_load_state()
    expect(page.get_by_text("will be destroyed")).to_have_count(0, timeout=30_000)

    def fetched() -> bytes:
        address = page.get_by_role("img", name="Photo 1: Three people").get_attribute("src") or ""
        answer = page.request.get(address)
        return answer.body() if answer.ok else b""

    return until(fetched, 10)


def black(picture: Image.Image, centre: tuple[int, int]) -> bool:
    """Return whether the drawn face around `centre` is black: its forehead, cheeks and chin."""
    x, y = centre
    places = [(x, y - 50), (x - 40, y + 10), (x + 40, y + 10), (x, y + 70)]
    return all(max(picture.convert("RGB").getpixel(place)) < 40 for place in places)  # type: ignore[arg-type]


@needs_extra
def test_one_suggestion_then_all_are_accepted_and_their_pixels_are_gone(page: Page) -> None:
    expect(words(page)).to_have_text(f"3 possible faces. {LOOK_YOURSELF}")
    expect(suggestions(page)).to_have_count(3)
    accessible(page)
    suggestions(page).first.click()
    expect(marks(page)).to_have_count(1)
    expect(words(page)).to_have_text(f"2 possible faces. {LOOK_YOURSELF}")
    page.get_by_role("button", name="Mark all 2").click()
    expect(marks(page)).to_have_count(3)
    expect(suggestions(page)).to_have_count(0)
    expect(words(page)).to_have_text(LOOK_YOURSELF)
    expect(page.get_by_text("no faces")).to_have_count(0)
    accessible(page)
    page.get_by_role("button", name="Destroy what is marked").click()
    expect(page.get_by_text("3 marks by Asel.")).to_be_visible()
    picture = opened(shown(page))
    assert [black(picture, centre) for centre in CENTRES] == [True] * 3
    assert not black(opened(group()), CENTRES[0])


@needs_extra
def test_suggestions_by_keyboard_and_undo(page: Page) -> None:
    first = suggestions(page).first
    first.focus()
    page.keyboard.press("Delete")
    expect(suggestions(page)).to_have_count(2)
    expect(suggestions(page).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(marks(page)).to_be_focused()
    expect(suggestions(page)).to_have_count(1)
    expect(page.locator("[data-said]")).to_have_text(f"Mark 1 added. 1 possible face. {LOOK_YOURSELF}")
    page.keyboard.press("Control+z")
    expect(marks(page)).to_have_count(0)
    expect(suggestions(page)).to_have_count(2)
    page.keyboard.press("u")
    expect(suggestions(page)).to_have_count(3)
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")
    expect(words(page)).to_have_text(f"3 possible faces. {LOOK_YOURSELF}")


def number(page: Page) -> float:
    """Width of the picture on the screen."""
    box = page.get_by_role("img", name="Photo 1").bounding_box()
    assert box
    return box["width"]


def test_zoom_by_buttons_keys_and_wheel_keeps_the_place(page: Page) -> None:
    fits = number(page)
    page.get_by_role("button", name="Zoom in").click()
    assert number(page) == pytest.approx(1.5 * fits, rel=0.01)
    expect(page.locator("[data-zoom-level]")).to_have_text("150 %")
    page.keyboard.press("+")
    assert number(page) == pytest.approx(2.25 * fits, rel=0.01)
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert number(page) == pytest.approx(fits, rel=0.01)
    window = in_sight(page)
    page.mouse.move(window["x"] + window["width"] * 0.75, window["y"] + window["height"] * 0.75)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(page.locator("[data-zoom-level]")).not_to_have_text("100 %")
    assert page.locator("[data-view]").evaluate("view => view.scrollLeft > 0 && view.scrollTop > 0")
    accessible(page)
    page.keyboard.press("0")
    assert number(page) == pytest.approx(fits, rel=0.01)


def test_a_mark_before_the_picture_has_arrived_is_in_its_middle(page: Page) -> None:
    pictures = re.compile(r"/photos/[0-9a-f-]+/web")
    page.route(pictures, lambda route: None)
    page.goto(page.url, wait_until="commit")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Add a box").click()
    fields = page.get_by_role("group", name="Mark 1")
    fields.get_by_text("Exact place and size").click()
    for label, value in (("From the left", "40"), ("From the top", "40"), ("Width", "20"), ("Height", "20")):
        expect(fields.get_by_label(label)).to_have_value(value)
    assert number(page) == 0
    page.get_by_role("button", name="Destroy what is marked").click()
    expect(page.get_by_role("heading", name="Photo 1 of 1")).to_be_visible()


def test_the_picture_is_moved_and_nothing_is_drawn(page: Page) -> None:
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Move picture").click()
    before = page.locator("[data-view]").evaluate("view => [view.scrollLeft, view.scrollTop]")
    drag(page, (0.7, 0.7), (0.3, 0.4))
    after = page.locator("[data-view]").evaluate("view => [view.scrollLeft, view.scrollTop]")
    assert after[0] > before[0] + 50
    assert after[1] > before[1] + 50
    expect(marks(page)).to_have_count(0)
    page.get_by_role("button", name="Move picture").click()
    drag(page, (0.3, 0.3), (0.6, 0.6))
    expect(marks(page)).to_have_count(1)


def in_sight(page: Page) -> FloatRect:
    """Scroll to the picture's viewport, which notices above may push off the screen. Returns its bounding box."""
    view = page.locator("[data-view]")
    view.evaluate("view => view.scrollIntoView({ block: 'start' })")
    box = view.bounding_box()
    assert box
    return box


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag between two points, given as fractions of the picture's viewport."""
    box = in_sight(page)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=5)
    page.mouse.up()


def test_a_click_draws_nothing_and_a_mark_is_resized_by_its_corner(page: Page) -> None:
    drag(page, (0.5, 0.2), (0.5, 0.2))
    expect(marks(page)).to_have_count(0)
    drag(page, (0.4, 0.1), (0.5, 0.2))
    mark = marks(page)
    before = mark.bounding_box()
    corner = mark.locator(".drawn__corner--se").bounding_box()
    assert before
    assert corner
    assert min(corner["width"], corner["height"]) >= 24
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2)
    page.mouse.down()
    page.mouse.move(corner["x"] + 150, corner["y"] + 120, steps=5)
    page.mouse.up()
    after = mark.bounding_box()
    assert after
    assert after["width"] > before["width"] + 80
    assert after["x"] == pytest.approx(before["x"], abs=2)
    label = mark.locator(".drawn__number").bounding_box()
    assert label
    assert label["y"] + label["height"] <= after["y"]
    page.get_by_role("button", name="Undo").click()
    smaller = mark.bounding_box()
    assert smaller
    assert smaller["width"] == pytest.approx(before["width"], abs=2)


@pytest.mark.parametrize("how", ["solid", pytest.param("mosaic", marks=pytest.mark.slow)])
def test_the_preview_shows_the_photo_as_it_will_be(page: Page, how: str) -> None:
    page.get_by_role("button", name="Add a box").click()
    fields = page.get_by_role("group", name="Mark 1")
    fields.get_by_text("Exact place and size").click()
    for label, value in (("From the left", "10"), ("From the top", "15"), ("Width", "15"), ("Height", "30")):
        fields.get_by_label(label).fill(value)
    fields.get_by_label("How").select_option(how)
    page.get_by_role("button", name="Preview").click()
    expect(marks(page)).to_be_hidden()
    drawn = page.locator(".stage__preview").evaluate("canvas => canvas.toDataURL('image/png')")
    accessible(page)
    cover = Image.open(io.BytesIO(base64.b64decode(drawn.partition(",")[2])))
    assert (cover.mode, cover.size) == ("RGBA", (1200, 800))
    page.get_by_role("button", name="Preview").click()
    expect(marks(page)).to_be_visible()
    page.get_by_role("button", name="Destroy what is marked").click()
    made = opened(shown(page)).convert("RGB")
    expected = opened(group()).convert("RGB")
    expected.paste(cover, (0, 0), cover)
    assert cover.getpixel((200, 250))[3] == 255  # type: ignore[index]
    for place in ((125, 130), (200, 250), (250, 300), (300, 358), (100, 250), (320, 250), (580, 369)):
        pair = zip(made.getpixel(place), expected.getpixel(place), strict=True)  # type: ignore[arg-type]
        assert max(abs(one - other) for one, other in pair) <= 24, place


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone_draws_by_finger_and_enlarges_by_two(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    fits = number(page)
    view = page.locator("[data-view]")
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box
    left, top = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    fingers(touch, [[(left - 40, top - 30)], [(left, top)], [(left + 50, top + 40)]])
    expect(marks(page)).to_have_count(1)
    handle = marks(page).locator(".drawn__corner").first.bounding_box()
    assert handle
    assert min(handle["width"], handle["height"]) >= 24
    fingers(
        touch,
        [
            [(left - 20, top)],
            [(left - 20, top), (left + 20, top)],
            [(left - 50, top), (left + 50, top)],
            [(left - 60, top), (left + 60, top)],
        ],
    )
    assert number(page) > 2 * fits
    expect(marks(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    accessible(page)


def fingers(touch: CDPSession, steps: list[list[tuple[float, float]]]) -> None:
    """Touch the screen with one or more fingers, move them, and lift them."""
    count = 0
    for places in steps:
        kind = "touchStart" if len(places) > count else "touchMove"
        count = len(places)
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
