"""Targets of links that may leave a document. Files, scripts and other schemes may not."""

import re

LONGEST = 2_000
_WEB = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]", re.IGNORECASE)


def web(target: str) -> str | None:
    """The target if it is a web or mail address, otherwise None. The text cleaner checks it again."""
    plain = target.strip()
    return plain if len(plain) <= LONGEST and _WEB.match(plain) else None


def is_anchor(target: str) -> bool:
    """Return whether a target lies in the document itself, or is empty."""
    return not target.strip() or target.strip().startswith("#")
