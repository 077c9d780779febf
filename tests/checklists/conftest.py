"""Checklists of the section News."""

from collections.abc import Callable, Iterator

import pytest

from intake.settings import Settings, settings


@pytest.fixture
def listed(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set TRANSOM_CHECKLISTS."""

    def set_to(text: str) -> None:
        monkeypatch.setenv("TRANSOM_CHECKLISTS", text)
        settings.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.cache_clear()
