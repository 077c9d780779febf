"""Corpus of photos from other sources: where its files are."""

import os
from pathlib import Path


def corpus() -> Path | None:
    """Folder of photos, in the folder TRANSOM_CORPUS or else beside the project. None if it is missing."""
    named = os.environ.get("TRANSOM_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    return folder / "photos" if (folder / "photos").is_dir() else None


def files(kind: str) -> list[Path]:
    """The photos of a kind (real, canary, hostile). Empty if the corpus is missing."""
    photos = corpus()
    if photos is None:
        return []
    return sorted(path for path in (photos / kind).iterdir() if path.suffix != ".csv")
