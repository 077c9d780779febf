"""Messages of the live updates, as server-sent events."""

import json
import uuid
from dataclasses import asdict, dataclass

from intake.review.live_facts import Fact


@dataclass(frozen=True)
class LiveMessage:
    """Server-sent event about a submission of a section and a language."""

    text: str
    section: str = ""
    language: str = ""


def message(fact: Fact) -> LiveMessage:
    """Return the message about a submission's event."""
    return LiveMessage(change(fact), fact.section, fact.language)


CROWDED = "event: crowded\ndata: {}\n\n"
"""Message to a page whose stream closes because the person opened others. It polls instead of reconnecting."""


def change(fact: Fact) -> str:
    """Format a submission's event as a server-sent event."""
    return f"id: {fact.id}\nevent: change\ndata: {json.dumps(plain(fact))}\n\n"


def presence(submission_id: str) -> str:
    """Format a server-sent event: the editors who have a submission's page open have changed."""
    return f"event: presence\ndata: {json.dumps({'submission': str(uuid.UUID(submission_id))})}\n\n"


def plain(fact: Fact) -> dict[str, object]:
    """Return a submission's event as a dictionary for JSON."""
    words = asdict(fact) | {"submission": str(fact.submission)}
    return {name: value for name, value in words.items() if name not in {"section", "language"}}
