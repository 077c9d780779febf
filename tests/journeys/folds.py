"""Optional fields of the contributor's forms, which are behind their titles at first."""

from playwright.sync_api import Page


def unfold(page: Page) -> None:
    """Open all fields of the form, as a contributor does who wants to fill in each of them."""
    page.locator("form details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
