"""Which codecs are there."""

import pytest
from PIL import features

from intake.photos import codecs


def test_the_locked_wheels_lack_nothing() -> None:
    assert codecs.missing() == []
    assert "libheif" in codecs.present()


def test_what_pillow_was_built_without_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda feature: feature != "webp")
    assert codecs.missing() == ["WebP"]
