"""Unusual files in one submission: the receipt page and the desk report correctly what happened to each."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ASEL, NEWEST
from tests.journeys.people import at_the_desk
from tests.journeys.test_every_page import Eye
from tests.photos import several
from tests.waiting import until
from tests.whole import Whole

LOOKS: dict[str, dict[str, Any]] = {
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}
MEGAPIXELS_108 = (12_000, 9_000)


def files() -> dict[str, bytes]:
    """Name of a file → its bytes."""
    out = io.BytesIO()
    Image.new("RGB", MEGAPIXELS_108, "#8090a0").save(out, "JPEG", quality=50)
    return {
        "camera.dng": several.dng((1200, 900), (800, 600)),
        "thumbnail.dng": several.dng((1200, 900), (160, 120)),
        "fax.tif": several.tiff((600, 800), (600, 800), (500, 700)),
        "motion.jpg": several.motion_photo((800, 600), film=(bytes(50_000) + b"\xff\xda") * 180),
        "large.jpg": out.getvalue(),
        "cut.jpg": several.jpeg((800, 600))[:-2],
        "clip.mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(2000),
        "scan.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    }


SENTENCES = (
    ("Photo 1", "Made from the photo inside a camera's raw file."),
    ("Photo 2", "This is a camera's raw file. Please send the normal photo, or a screenshot of it."),
    ("Photo 3", "Page 1 of 3 of one file."),
    ("Photo 4", "Page 2 of 3 of one file."),
    ("Photo 5", "Page 3 of 3 of one file."),
    ("Photo 7", "Made smaller: 12000 × 9000 → 6000 × 4500."),
    ("Photo 9", "Only photos can be added here."),
    ("Photo 10", "Only photos can be added here."),
)


@pytest.mark.parametrize("look", ["phone, dark", pytest.param("desktop, light", marks=pytest.mark.slow)])
def test_nothing_is_lost_silently(newsroom: Whole, browser: Browser, look: str, tmp_path: Path) -> None:
    title = f"Odd photos, {look}"
    contributor = browser.new_context(base_url=newsroom.settings.base_url, locale="en-GB", **LOOKS[look])
    eye = Eye(contributor)
    receipt = _send(eye.page, title, tmp_path)
    until(lambda: _is_cleaned(eye.page, receipt), 90)
    for photo, sentence in SENTENCES:
        item = eye.page.locator(".sent-photo", has=eye.page.get_by_text(photo, exact=True))
        expect(item).to_contain_text(sentence)
    assert "hidden second picture" not in eye.page.content()
    eye.look()
    contributor.close()

    desk = at_the_desk(newsroom, browser, ASEL)
    desk.set_viewport_size(LOOKS[look]["viewport"])
    desk.goto(NEWEST)
    desk.get_by_role("link", name=title, exact=True).first.click()
    for _, sentence in SENTENCES:
        expect(desk.get_by_text(sentence).first).to_be_visible()
    number = urlsplit(desk.url).path.rpartition("/")[2]
    desk.context.close()
    assert eye.faults == []
    assert list(newsroom.settings.data_dir.rglob(f"quarantine/{number}/*")) == []


def _send(page: Page, title: str, folder: Path) -> str:
    page.goto("/send")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Text", exact=True).fill("Words beside the photos.")
    page.locator("[name=consent]").check()
    for number, (name, data) in enumerate(files().items(), start=1):
        path = folder / name
        path.write_bytes(data)
        page.locator(f"[name=photo-{number}]").set_input_files(path)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible(timeout=60_000)
    return page.locator(".receipt__code").inner_text()


def _is_cleaned(page: Page, receipt: str) -> bool:
    page.goto("/receipt")
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_role("button", name="Show me").click()
    return page.get_by_text("In review").first.is_visible() and page.get_by_text("Photo 10").is_visible()
