"""Lists of the image codecs that this installation has, and that it lacks (`decoding.present`, `decoding.missing`)."""

import pytest
from PIL import features

from intake.photos.render import decoding


def test_the_locked_wheels_lack_nothing() -> None:
    assert decoding.missing() == []
    assert "libheif" in decoding.present()


def test_what_pillow_was_built_without_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda feature: feature != "webp")
    assert decoding.missing() == ["WebP"]
