"""Login through the form, in a browser."""

import re

from playwright.sync_api import Browser, Page, StorageState

from tests.whole import Whole

PASSWORD = "four words are good"
SESSIONS: dict[tuple[str, str], StorageState] = {}
"""Address of an installation and email → the cookies of a session."""


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Log in as `email`, and wait for the queue."""
    page.goto("/login")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/desk/$"))


SENDS = {"Spam": "Mark as spam"}
"""Verdict → label of the button that decides, if the label differs from the verdict."""


def decide(page: Page, verdict: str, *, why: str = "", message: str = "") -> None:
    """Choose a verdict and its reason on the page of a submission, write the message, and decide."""
    page.get_by_role("radio", name=verdict, exact=True).check()
    if why:
        page.get_by_role("radio", name=why, exact=True).check()
    if message:
        page.get_by_label("Message to the contributor").first.fill(message)
    page.get_by_role("button", name=SENDS.get(verdict, verdict), exact=True).click()


def at_the_desk(
    whole: Whole, browser: Browser, email: str, password: str = PASSWORD, *, fresh: bool = False
) -> Page:
    """Return an empty page of a new browser profile, logged in.

    Only the first call for a person fills in the login form. Later calls reuse the session, unless a test has ended it
    or asks for a `fresh` login.
    """
    person = whole.settings.base_url, email
    context = browser.new_context(
        base_url=whole.settings.base_url,
        locale="en-GB",
        storage_state=None if fresh else SESSIONS.get(person),
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    if context.request.get("/desk/", max_redirects=0).status != 200:
        log_in(page, email, password)
        SESSIONS[person] = context.storage_state()
    return page
