"""Login through the form, in a browser."""

import re

from playwright.sync_api import Browser, Page

from tests.whole import Whole

PASSWORD = "four words are good"


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Log in as `email`. Ends on the queue."""
    page.goto("/login")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/desk/$"))


def at_the_desk(whole: Whole, browser: Browser, email: str, password: str = PASSWORD) -> Page:
    """Return a page of a new browser profile, logged in."""
    context = browser.new_context(base_url=whole.settings.base_url, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    log_in(page, email, password)
    return page
