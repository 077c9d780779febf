"""The replies that a newsroom begins with: one file a language, [verdict.name] → body, names in English.

A migration writes them into the table `replies` once. From then on they are the newsroom's own: what somebody changed or
deleted stays so at every upgrade, and there is one kind of reply. None names the title of a piece: who finds a receipt
need not learn by it what was written.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Shipped:
    """A message for a verdict in a language."""

    verdict: str
    language: str
    name: str
    body: str


def shipped() -> list[Shipped]:
    """All of them, by language."""
    return [reply for path in sorted(FOLDER.glob("*.toml")) for reply in _of(path)]


def _of(path: Path) -> list[Shipped]:
    verdicts: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
    return [
        Shipped(verdict, path.stem, name, body.strip())
        for verdict, named in verdicts.items()
        for name, body in named.items()
    ]
