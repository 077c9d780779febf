from pathlib import Path

import pytest

from intake.photos.identify import sniff
from tests.fuzz.photos import sources


def test_every_format_is_drawn() -> None:
    assert {sniff(photo) for photo in sources.drawn()} == {
        "jpeg",
        "png",
        "webp",
        "gif",
        "tiff",
        "avif",
        "heif",
    }


def test_without_a_corpus_our_own_are_spoilt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "files", lambda kind: [])
    assert len(sources.sources()) == len(sources.drawn() + sources.with_several_pictures())


def test_of_a_corpus_the_small_files_are_spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"small")
    large.write_bytes(bytes(sources.LARGEST + 1))
    monkeypatch.setattr(sources, "files", lambda kind: [small, large] if kind == "real" else [])
    assert sources.sources() == [b"small", *sources.with_several_pictures()]
