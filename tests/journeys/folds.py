"""Optional fields of the contributor's forms, which are folded at first."""

from playwright.sync_api import Page


def unfold(page: Page) -> None:
    """Open all folded fields of the form, so that each can be filled in."""
    page.locator("form details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
