"""Saved replies that a new installation starts with.

There is one TOML file for each language: [verdict] → name = body. The names are English.
A migration inserts the replies into the table `replies` once. From then on they belong to the newsroom:
upgrades leave changed and deleted replies alone.
No reply contains the submission's title. A person who finds a receipt must not learn its subject.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class StarterReply:
    """A reply for one verdict in one language."""

    verdict: str
    language: str
    name: str
    body: str


def starter_replies() -> list[StarterReply]:
    """Return all starter replies, sorted by language."""
    return [reply for path in sorted(FOLDER.glob("*.toml")) for reply in _replies_in(path)]


def _replies_in(path: Path) -> list[StarterReply]:
    verdicts: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
    return [
        StarterReply(verdict, path.stem, name, body.strip())
        for verdict, named in verdicts.items()
        for name, body in named.items()
    ]
