"""An editor asks for changes. The contributor answers without scripts, with text and photo, and both are cleaned."""

import re
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Revision, Submission
from intake.models.photo import SIZES
from intake.storage import Disk
from tests.journeys.conftest import ASEL
from tests.journeys.folds import unfold
from tests.journeys.people import at_the_desk
from tests.journeys.pictures import MARK, marked_photo
from tests.opened import key_of, open_words
from tests.photos import exiftool
from tests.waiting import until
from tests.whole import Whole

TITLE = "The bridge at dawn"
ASKED = "When was it? And please add a photo of the bridge."


def test_asked_answered_and_back_in_the_queue(at_once: Whole, browser: Browser, tmp_path: Path) -> None:
    receipt = at_once.submit(TITLE, body="They closed the bridge.\n\nNobody said why.")
    editor = at_the_desk(at_once, browser, ASEL)
    until(lambda: TITLE in editor.request.get("/desk/").text(), 60)
    _ask(editor)

    context = browser.new_context(
        base_url=at_once.settings.base_url, java_script_enabled=False, locale="en-GB"
    )
    contributor = context.new_page()
    _come_back(contributor, receipt)
    expect(contributor.get_by_text(ASKED)).to_be_visible()
    expect(contributor.get_by_text("They closed the bridge.")).to_have_count(0)
    _is_for_everybody(browser, at_once, receipt)
    _answer(contributor, marked_photo(tmp_path))
    assert context.cookies() == []
    assert receipt not in contributor.url

    until(lambda: TITLE in editor.request.get("/desk/").text(), 60)
    _come_back(contributor, receipt)
    expect(contributor.get_by_text("You answered")).to_be_visible()
    expect(contributor.get_by_text("On the ninth of May.")).to_be_visible()
    _ask_back(contributor)

    _editor_finds(editor)
    _nothing_hidden(at_once, tmp_path)


def _ask(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("radio", name="Ask for changes").check()
    page.locator("summary", has_text="Saved replies").click()
    page.get_by_label("Saved reply").select_option(label="Facts to be made clear")
    page.get_by_role("button", name="Insert").click()
    message = page.get_by_label("Message to the contributor")
    expect(message).to_have_value(re.compile("we would like to publish this"))
    message.fill(f"{message.input_value()}\n{ASKED}")
    page.get_by_role("button", name="Ask for changes").click()
    expect(page.get_by_text("Last decision")).to_be_visible()
    page.goto("/desk/?status=changes_requested")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def _come_back(page: Page, receipt: str) -> None:
    page.goto("/receipt")
    page.get_by_label("Your receipt").fill(receipt.lower())
    page.get_by_role("button", name="Show me").click()
    expect(page.get_by_role("heading", name="Your story", exact=True)).to_be_visible()


def _is_for_everybody(browser: Browser, at_once: Whole, receipt: str) -> None:
    """Assert that the page with open forms has no axe violation and fits a phone."""
    schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    for scheme in schemes:
        page = browser.new_page(
            base_url=at_once.settings.base_url, viewport={"width": 320, "height": 640}, color_scheme=scheme
        )
        _come_back(page, receipt)
        page.get_by_role("button", name="Show my text").click()
        page.get_by_text("Add photos").click()
        page.get_by_text("Ask something first").click()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("alert").first).to_contain_text("Nothing has changed yet.")
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.close()


def _answer(page: Page, photo: Path) -> None:
    page.get_by_role("button", name="Show my text").click()
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value("They closed the bridge.\n\nNobody said why.")
    text.fill("They closed the bridge at dawn.\n\nNobody said why.")
    page.get_by_label("Your message to the editor").fill("On the ninth of May.")
    unfold(page)
    page.locator("[name=photo-1]").set_input_files(photo)
    page.locator("[name=caption-1]").fill("The bridge")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="Your answer has arrived")).to_be_visible()


def _ask_back(page: Page) -> None:
    page.get_by_text("Write to the editors").click()
    page.get_by_label("Your message", exact=True).fill("Will my name be printed?")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message has arrived.")).to_be_visible()
    expect(page.get_by_text("Will my name be printed?")).to_be_visible()


def _editor_finds(page: Page) -> None:
    until(lambda: TITLE in page.request.get("/desk/").text(), 60)
    page.goto("/desk/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("They closed the bridge at dawn.").first).to_be_visible()
    expect(page.get_by_text("Revision 2").first).to_be_visible()
    expect(page.get_by_text("On the ninth of May.")).to_be_visible()
    expect(page.get_by_text("Will my name be printed?")).to_be_visible()
    expect(page.get_by_role("img", name="The bridge")).to_be_visible()


def _nothing_hidden(at_once: Whole, folder: Path) -> None:
    """Assert that the new photo has clean copies and no original."""
    storage = Disk(at_once.settings.files_dir)
    engine = connect(at_once.settings.sqlalchemy_url)
    with Session(engine) as session:
        open_words(session, at_once.settings)
        first = session.scalars(select(Revision).where(Revision.number == 1))
        (of_this,) = [one.submission_id for one in first if one.title == TITLE]
        submission = session.get_one(Submission, of_this)
        (photo,) = submission.photos
        key = key_of(submission, at_once.settings)
        copies = [storage.read(photo.clean_name(size), key) for size in SIZES]
    engine.dispose()
    assert list(storage.listing("quarantine")) == []
    assert not any(MARK.encode() in copy for copy in copies)
    paths = [folder / f"look-{number}" for number in range(len(copies))]
    for path, data in zip(paths, copies, strict=True):
        path.write_bytes(data)
    if not exiftool.MISSING:
        assert exiftool.findings(paths) == []
