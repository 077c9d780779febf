"""Verification of a file against an allow-list of the blocks that a picture needs.

Written from the formats' standards, without Pillow or any other codec. It therefore shares no bug with the
code that it checks. It reads structure, not pixels: only people can judge what a picture shows.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from intake.photos.identify import sniff
from intake.photos.verify.gif import gif
from intake.photos.verify.jpeg import jpeg
from intake.photos.verify.png import png
from intake.photos.verify.violation import Violation
from intake.photos.verify.webp import webp

__all__ = ["FORMATS", "Violation", "verify"]

_PARSERS: dict[str, Callable[[bytes], Iterator[Violation]]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
}
FORMATS = frozenset(_PARSERS)
"""Formats that can be verified: all formats in which Transom writes copies."""
_ENOUGH = 100
_OTHER = "not a JPEG, PNG, WebP or GIF"
_BROKEN_OFF = "a file that is damaged or ends too early"


def verify(data: bytes) -> list[Violation]:
    """Violations of the allow-list, at most 100. Empty if the file is clean."""
    parser = _PARSERS.get(sniff(data) or "")
    if parser is None:
        return [Violation(_OTHER, 0, _OTHER)]
    found: list[Violation] = []
    try:
        for violation in islice(parser(data), _ENOUGH):
            found.append(violation)  # noqa: PERF402 - keep violations found before an exception
    except (IndexError, ValueError):
        found.append(Violation(_BROKEN_OFF, len(data), _BROKEN_OFF))
    return found
