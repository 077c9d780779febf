"""Names of the README's pictures, and how to reach each page."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from tests.journeys.people import PASSWORD

FOLDER = Path(__file__).parents[2] / "docs" / "img"
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
MOST_BYTES = 150_000
EDITOR, ADMIN = "asel@transom.example", "daniel@transom.example"
# This submission of the demo is in review, and has two photos and an editor's revision.
SUBMISSION = "A vigil without words in Marrow Square"


def form(page: Page) -> None:
    """The contributor's form."""
    page.goto("/send")


def queue(page: Page) -> None:
    """The editors' queue."""
    _log_in(page, EDITOR)
    page.goto("/desk/")


def submission(page: Page) -> None:
    """A submission as an editor reads it."""
    _log_in(page, EDITOR)
    page.get_by_role("link", name=SUBMISSION, exact=True).first.click()
    page.get_by_role("heading", name=SUBMISSION).wait_for()


def placed(page: Page) -> None:
    """A photo between two paragraphs on the page to edit a submission."""
    submission(page)
    page.goto(f"{page.url.partition('?')[0]}/revisions/new")
    surface = page.locator("[data-surface][contenteditable=true]")
    surface.locator("p").first.click()
    page.get_by_role("button", name="Put into the text: photo 1").click()
    page.locator(".placing").evaluate(
        "block => scrollBy(0, block.getBoundingClientRect().top - innerHeight / 3)"
    )


def writing(page: Page) -> None:
    """Words found in the text on the page to edit a submission."""
    submission(page)
    page.goto(f"{page.url.partition('?')[0]}/revisions/new")
    page.locator("[data-surface][contenteditable=true]").press("Control+f")
    page.get_by_role("textbox", name="Find", exact=True).fill("sheets")
    page.get_by_text("1 of 3", exact=True).wait_for()
    page.locator("[data-editor]").evaluate("field => field.scrollIntoView()")


def admin(page: Page) -> None:
    """The admin page."""
    _log_in(page, ADMIN)
    page.goto("/admin/")


SHOTS: dict[str, Callable[[Page], None]] = {
    "form": form,
    "queue": queue,
    "submission": submission,
    "placed": placed,
    "writing": writing,
    "admin": admin,
}


def _log_in(page: Page, email: str) -> None:
    """Log in through the form; an admin without another role lands elsewhere than an editor."""
    page.goto("/login")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)


def files() -> dict[str, tuple[str, Scheme]]:
    """File name → name of the shot and colour scheme."""
    return {f"{name}-{scheme}.webp": (name, scheme) for name in SHOTS for scheme in SCHEMES}
