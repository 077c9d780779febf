"""The corpus of documents: a folder of files."""

import os
from pathlib import Path


def corpus() -> Path | None:
    """The folder of documents, as TRANSOM_CORPUS names it or beside the project."""
    named = os.environ.get("TRANSOM_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    return folder / "documents" if (folder / "documents").is_dir() else None


DOCUMENTS = corpus()
