"""Demo with a few short submissions. The whole demo would draw twenty photos."""

from collections.abc import Callable

import pytest

from intake.demo import seed
from intake.demo.seed import Demo
from intake.demo.submissions import Change, DemoSubmission, Shot
from intake.settings import Settings
from tests.working import work_off

Telling = Callable[..., Demo]


def short_submission(slug: str, fate: str, **more: object) -> DemoSubmission:
    """Short demo submission."""
    fields = {
        "title": f"The piece {slug}",
        "language": "en",
        "section": "News",
        "body": f"What became of {slug}.",
    }
    return DemoSubmission(slug=slug, fate=fate, **{**fields, **more})  # type: ignore[arg-type]


PHOTO = Shot("notice", "On the door.", place=(43.2, 76.9))
EDIT = Change("asel", "Style.", "What became", "Here is what became")
SHORT = [
    short_submission("one", "in_review", photos=(PHOTO,)),
    short_submission("two", "accepted", by="asel", changes=(EDIT,)),
    short_submission("three", "purged"),
    short_submission("four", "received"),
]


@pytest.fixture
def short_queue(monkeypatch: pytest.MonkeyPatch) -> list[DemoSubmission]:
    """Replace the demo submissions by four short ones."""
    monkeypatch.setattr(seed, "demo_submissions", lambda: SHORT)
    return SHORT


@pytest.fixture
def demo(app_settings: Settings) -> Telling:
    """Factory of demos that run the pending jobs whenever they would wait."""

    def make(**more: object) -> Demo:
        options: dict[str, object] = {"hashed": lambda word: f"hash of {word}", "report": lambda _: None}
        return Demo(**{**options, "pause": work_off, **more})  # type: ignore[arg-type]

    return make
