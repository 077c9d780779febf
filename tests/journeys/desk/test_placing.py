"""Place two photos in the text by mouse and by keyboard, download the ZIP, and open its page in a browser."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Send
from tests.journeys.desk.test_editor import edit, text
from tests.journeys.people import decide
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

BODY = "<p>One two three.</p><p>Four five six.</p><p>Seven eight nine.</p>"
SAVE = "Save as a new revision"


@pytest.fixture
def here(send: Send) -> str:
    """Address of a submission with three paragraphs and three photos."""
    photos = [made.encoded(made.scene(), "JPEG", quality=80 + number) for number in range(3)]
    fields = {f"caption-{number}": words for number, words in ((1, "The river"), (2, "The door <b>"))}
    return send(body=BODY, format="html", photos=photos, **fields, **{"credit-2": "A. N."})


def order(page: Page) -> list[str]:
    """Blocks of the text in the editor: words, or the name of a photo."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelector('[data-surface]').children].filter((one) => one.matches('p, .placing'))"
        ".map((one) => one.querySelector('.placing__name')?.textContent ?? one.textContent)"
    )
    return found


def photo(page: Page, number: int) -> str:
    """Id of a photo on the edit page."""
    return page.locator("[data-order-item] input[name$='-id']").nth(number - 1).input_value()


def test_photos_placed_by_mouse_and_by_keyboard_leave_in_the_zip(
    newsroom: Whole, asel: Page, browser: Browser, here: str, tmp_path: Path
) -> None:
    edit(asel, here)
    text(asel).get_by_text("One two three.").click()
    asel.get_by_role("button", name="Put into the text: Photo 2").click()
    assert order(asel) == ["One two three.", "Photo 2", "Four five six.", "Seven eight nine."]
    assert Axe().run(asel).response["violations"] == []

    # By keyboard: the cursor behind the last paragraph, then the button, then two moves up and one down.
    text(asel).press("Control+End")
    asel.get_by_role("button", name="Put into the text: Photo 1").press("Enter")
    assert order(asel)[-1] == "Photo 1"
    asel.keyboard.press("Alt+ArrowUp")
    asel.keyboard.press("Alt+ArrowUp")
    assert order(asel) == ["One two three.", "Photo 2", "Photo 1", "Four five six.", "Seven eight nine."]
    asel.get_by_role("button", name="Move down in the text: Photo 1").press("Enter")
    assert order(asel) == ["One two three.", "Photo 2", "Four five six.", "Photo 1", "Seven eight nine."]
    focused = asel.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "Move down in the text: Photo 1"
    asel.get_by_label("Featured photo: photo 3").check()
    asel.get_by_role("button", name=SAVE).click()
    asel.wait_for_url(lambda url: url.endswith(here))
    figures = asel.locator(".submission-text figure")
    expect(figures).to_have_count(2)
    expect(figures.first).to_contain_text("The door <b>")
    assert asel.evaluate("[...document.querySelectorAll('.submission-text img')].every((one) => one.src)")

    asel.get_by_role("button", name="Claim").first.click()
    decide(asel, "Accept")
    until(lambda: "export.zip" in asel.request.get(here).text(), 30)
    data = asel.request.get(f"{here}/export.zip").body()
    assert asel.request.get(f"{here}/export.zip").body() == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(tmp_path)
        assert {"README.txt", "index.html", "wordpress.txt", "featured.jpg"} <= set(packed.namelist())
        assert packed.read("featured.jpg") == packed.read("photos/03-1600.jpg")
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/index.html")
    blocks = page.locator("main > *").evaluate_all(
        "all => all.map((one) => one.matches('figure') ? one.querySelector('img').getAttribute('src') : one.textContent)"
    )
    assert blocks == [
        "One two three.", "photos/02-1600.jpg", "Four five six.", "photos/01-1600.jpg", "Seven eight nine.",
        "photos/03-1600.jpg",
    ]  # fmt: skip
    assert page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    captions = page.locator("figcaption").all_inner_texts()
    assert captions == ["The door <b>\nA. N.", "The river"]
    page.close()


def test_undo_removal_and_dragging(asel: Page, here: str) -> None:
    edit(asel, here)
    text(asel).get_by_text("Four five six.").click()
    asel.get_by_role("button", name="Put into the text: Photo 1").click()
    placed = ["One two three.", "Four five six.", "Photo 1", "Seven eight nine."]
    assert order(asel) == placed
    expect(asel.get_by_role("button", name="Show in the text: photo 1")).to_be_visible()
    asel.get_by_role("button", name="Take out: Photo 1").click()
    assert order(asel) == ["One two three.", "Four five six.", "Seven eight nine."]
    asel.keyboard.press("Control+z")
    assert order(asel) == placed
    # Scroll so that the start and the target of the drag are in view, below the toolbar.
    text(asel).evaluate("surface => surface.scrollIntoView({ block: 'center' })")
    asel.locator(".placing__frame").drag_to(
        text(asel).get_by_text("One two three."), target_position={"x": 5, "y": 2}
    )
    # ProseMirror puts the photo before or after the paragraph, whichever end is nearer.
    assert set(order(asel)[:2]) == {"Photo 1", "One two three."}
    asel.locator(".placing").click(position={"x": 5, "y": 5})
    asel.keyboard.press("Delete")
    assert "Photo 1" not in order(asel)


def test_a_caption_that_is_typed_is_seen_in_the_text(asel: Page, here: str) -> None:
    edit(asel, here)
    asel.get_by_role("button", name="Put into the text: Photo 3").click()
    asel.get_by_label("Caption").nth(2).fill("Typed just now")
    expect(asel.locator(".placing__caption")).to_have_text("Typed just now")
    asel.get_by_role("button", name="Move photo 3 up", exact=True).click()
    expect(asel.locator(".placing__name")).to_have_text("Photo 2")


def test_html_that_is_being_typed_is_not_replaced(asel: Page, here: str) -> None:
    edit(asel, here)
    source = asel.get_by_role("button", name="Edit as HTML")
    source.click()
    expect(asel.get_by_role("button", name="Put into the text: Photo 1")).to_be_hidden()
    mark = f'<figure id="photo-{photo(asel, 1)}"></figure>'
    asel.locator("textarea[name=body]").fill(f"<p>Typed.</p>\n{mark}")
    source.click()
    assert order(asel) == ["Typed.", "Photo 1"]
    expect(asel.get_by_role("button", name="Show in the text: photo 1")).to_be_visible()


def test_the_form_places_a_photo_without_scripts(
    newsroom: Whole, asel: Page, browser: Browser, here: str
) -> None:
    context = browser.new_context(
        base_url=newsroom.settings.base_url,
        java_script_enabled=False,
        storage_state=asel.context.storage_state(),
    )
    page = context.new_page()
    page.goto(here)
    page.get_by_text("Put a photo into the text").click()
    page.get_by_label("Photo", exact=True).select_option(label="Photo 2: The door <b>")
    page.get_by_label("Place", exact=True).select_option(label="After 2. Four five six.")
    page.get_by_role("button", name="Put it there").click()
    expect(page.get_by_text("Photo 2 placed after block 2.")).to_be_visible()
    blocks = page.locator(".submission-text > *").evaluate_all("all => all.map((one) => one.localName)")
    assert blocks == ["p", "p", "figure", "p"]
    page.goto(f"{here}/revisions/new")
    source = page.locator("textarea[name=body]").input_value()
    assert re.search(r'</p>\s<figure id="photo-[0-9a-f-]{36}"></figure>\s<p>', source)
    context.close()
