"""A published submission, and checklists of the section News."""

from collections.abc import Callable, Iterator

import pytest

from intake.settings import Settings, settings
from tests.web.people import Newsroom


@pytest.fixture
def url(submitted: Callable[..., str], editor: Newsroom) -> str:
    """Published submission, in version 5."""
    address = submitted()
    editor.post(f"{address}/decisions", verdict="accept", version="2")
    editor.post(f"{address}/publications", version="4", url="https://magazine.example/1")
    return address


@pytest.fixture
def listed(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set TRANSOM_CHECKLISTS."""

    def set_to(text: str) -> None:
        monkeypatch.setenv("TRANSOM_CHECKLISTS", text)
        settings.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.cache_clear()
