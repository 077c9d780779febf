"""The corpus of texts: rows of its JSON Lines files, by kind."""

import json
import os
from pathlib import Path
from typing import Any

import pytest


def corpus() -> Path | None:
    """Folder of texts, in the folder TRANSOM_CORPUS or else beside the project. None if it is missing."""
    named = os.environ.get("TRANSOM_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    return folder / "text" if (folder / "text").is_dir() else None


TEXTS = corpus()
needs_corpus = pytest.mark.skipif(
    TEXTS is None, reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real texts"
)


def names(kind: str) -> list[str]:
    """The files of a kind, such as `xss`."""
    return sorted(path.name for path in TEXTS.glob(f"{kind}-*.jsonl")) if TEXTS else []


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file."""
    if TEXTS is None:
        return []
    return [json.loads(line) for line in (TEXTS / name).read_text(encoding="utf-8").splitlines() if line]


def marks() -> list[str]:
    """The files of copies that are marked with hidden bits."""
    return sorted(path.name for path in (TEXTS / "cases" / "marks").glob("*.txt")) if TEXTS else []


def mark(name: str) -> str:
    """The text of a marked copy."""
    return (TEXTS / "cases" / "marks" / name).read_text(encoding="utf-8") if TEXTS else ""
