"""HTML of a stranger into HTML of ours: guard, parse, read into blocks, write, bleach, verify. What fails is kept as text."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bleach.sanitizer import Cleaner

from intake.text.html import guard
from intake.text.html.allow_list import ATTRIBUTES, PROTOCOLS, TAGS, holds
from intake.text.html.reader import Reader, TooDeep, parse
from intake.text.plain import original, paragraphs
from intake.text.unicode import invisible

# Our own output is read and written once more only where bleach's parser saw another tree than ours.
ROUNDS = 3
# The parser wants UTF-8, which has no surrogates, and ends a text at NUL.
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class Unsettled(Exception):
    """The two parsers do not come to agree on what the text means, or bleach would take too long to say."""


@dataclass(frozen=True)
class CleanHtml:
    """Cleaned HTML, what was removed from it, what to point out, and whether it is the raw text shown as text."""

    html: str
    removed: Counter[str] = field(default_factory=Counter)
    flags: list[str] = field(default_factory=list)
    fallback: bool = False


def clean(raw: str) -> CleanHtml:
    """Clean any string at all; never raises, never loses what a reader of `raw` would have seen."""
    removed: Counter[str] = Counter()
    source = _readable(raw, removed)
    if not guard.admits(source):
        return as_text(raw)
    reader = Reader(removed)
    try:
        html = _settled(_write(source, reader))
    except (TooDeep, Unsettled):
        return as_text(raw)
    return CleanHtml(html, reader.removed, sorted(reader.flags)) if holds(html) else as_text(raw)


def as_text(raw: str) -> CleanHtml:
    """The raw text, markup and all, escaped: for what cannot be cleaned and must not be lost."""
    # What was escaped here before is not escaped again.
    plain = invisible.clean(raw if (text := original(raw)) is None else text)
    return CleanHtml(paragraphs(plain.text), plain.removed, plain.flags, fallback=True)


def _readable(raw: str, removed: Counter[str]) -> str:
    """What a parser can read, without the inline data of images."""
    text, invalid = _UNREADABLE.subn("", invisible.newlines(raw))
    removed.update(+Counter(invalid=invalid))
    return guard.without_payloads(text)


def _write(source: str, reader: Reader) -> str:
    return "".join(reader.read(parse(source)).inner())


def _settled(html: str) -> str:
    for _ in range(ROUNDS):
        if not guard.admits(html):
            raise Unsettled
        bleached = _bleach(html)
        html = _write(bleached, Reader(Counter())) if bleached != html else bleached
        if html == bleached:
            return bleached
    raise Unsettled


def _bleach(html: str) -> str:
    # A cleaner is not safe across threads, and making one costs a hundredth of a millisecond.
    cleaner = Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True)
    return cleaner.clean(html)
