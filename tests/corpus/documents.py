"""The corpus of documents: a folder of files."""

import os
from pathlib import Path


def corpus() -> Path | None:
    """Folder of documents, in the folder TRANSOM_CORPUS or else beside the project. None if it is missing."""
    named = os.environ.get("TRANSOM_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    return folder / "documents" if (folder / "documents").is_dir() else None


DOCUMENTS = corpus()
