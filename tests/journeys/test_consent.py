"""A consent text that changes while somebody has the form open."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.magazine import shown
from tests.journeys.people import PASSWORD, at_the_desk
from tests.journeys.pictures import three_photos
from tests.waiting import until
from tests.whole import Whole

ADMIN = "keeper@transom.example"
OWN = "The Transom may print it.\n\nAnd nobody else."


@pytest.fixture
def admin(newsroom: Whole, browser: Browser) -> Iterator[Page]:
    """Admin who goes back to the default text at the end."""
    newsroom.add_editor(ADMIN, PASSWORD, "editor", "admin")
    page = at_the_desk(newsroom, browser, ADMIN)
    yield page
    page.goto("/admin/texts/consent/en")
    page.get_by_role("button", name="Go back to the default").click()
    expect(page.get_by_text("is saved")).to_be_visible()
    # Other journeys share this installation. Wait until no web process shows the earlier text any more.
    time.sleep(shown.SECONDS + 0.5)
    page.context.close()


def test_the_new_text_is_read_and_the_chosen_photos_stay(
    newsroom: Whole, browser: Browser, admin: Page, tmp_path: Any
) -> None:
    page = browser.new_page(base_url=newsroom.settings.base_url, locale="en-GB")
    page.goto("/send")
    page.locator("[name=title]").fill("Before the change")
    page.locator("[name=body]").fill("Nothing of this is lost.")
    page.get_by_text("Add photos").click()
    page.locator("[name=photo-1]").set_input_files(three_photos(tmp_path)[0])
    page.locator("[name=consent]").check()

    admin.goto("/admin/texts")
    admin.get_by_role("link", name="Consent: English").click()
    admin.locator("[name=body]").fill(OWN)
    admin.get_by_role("button", name="Preview").click()
    expect(admin.get_by_text("Preview: not saved yet")).to_be_visible()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("is saved")).to_be_visible()

    send = page.get_by_role("button", name="Send", exact=True)
    send.click()
    expect(page.locator(".field__error")).to_contain_text("has changed since you opened this page")
    expect(page.locator("blockquote.consent")).to_have_text(OWN.replace("\n\n", " "))
    expect(page.locator("[name=consent]")).not_to_be_checked()
    expect(page.locator("[name=consent]")).to_be_focused()
    expect(page.locator("[name=title]")).to_have_value("Before the change")
    page.locator("[name=consent]").check()
    send.click()
    expect(page.get_by_text("We have your story with one photo")).to_be_visible()
    page.context.close()

    story = admin.get_by_role("link", name="Before the change").first
    until(lambda: admin.goto("/desk/?sort=newest") is not None and story.count() > 0, 60)
    story.click()
    expect(admin.get_by_text("Version en-1, in")).to_be_visible()
