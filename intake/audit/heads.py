"""Head of the chain of events: the number of its links, and the hash of the last one.

A person who keeps a head elsewhere can later notice that the chain up to it was rewritten or cut.
"""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.audit.linking import newest

_FORM = re.compile(r"([1-9]\d{0,17})-([0-9a-f]{64})")


class NotAHead(ValueError):
    """A text is no head of a chain of events."""


@dataclass(frozen=True)
class Head:
    """Position and hash of a link."""

    position: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.position}-{self.hash.hex()}"


def parse(text: str) -> Head:
    """Parse a head as it is shown and mailed, such as 1841-5f2c…. Space and line breaks in it are ignored. Raises NotAHead."""
    found = _FORM.fullmatch("".join(text.split()).lower())
    if found is None:
        raise NotAHead
    return Head(int(found[1]), bytes.fromhex(found[2]))


def current(session: Session) -> Head | None:
    """Return the present head, or None if no event is linked yet."""
    last = newest(session)
    return Head(last.position, last.hash) if last else None
