"""Where the photos are that nobody here made."""

import os
from pathlib import Path


def corpus() -> Path | None:
    """The folder of photos, as TRANSOM_CORPUS names it or beside the project."""
    named = os.environ.get("TRANSOM_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    return folder / "photos" if (folder / "photos").is_dir() else None


def files(kind: str) -> list[Path]:
    """The photos of a kind (real, canary, hostile), none where the corpus is missing."""
    photos = corpus()
    if photos is None:
        return []
    return sorted(path for path in (photos / kind).iterdir() if path.suffix != ".csv")
