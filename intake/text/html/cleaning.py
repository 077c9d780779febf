"""Pipeline for untrusted HTML: guard, parse, remove non-text parts, read into blocks, write, bleach, verify.

HTML that fails any of these steps is shown as escaped text.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bleach.sanitizer import Cleaner

from intake.text.addresses import mentions
from intake.text.html import collector, guard, placements, removals, unparsed
from intake.text.html.allow_list import ATTRIBUTES, PROTOCOLS, TAGS, is_allowed
from intake.text.html.reader import TooDeep, TreeReader, parse
from intake.text.html.removals import fields
from intake.text.plain import original, paragraphs
from intake.text.unicode import invisible

# Maximum number of passes through bleach. One pass is enough unless bleach's parser reads the HTML
# differently.
ROUNDS = 3
ROUNDS_AS_TEXT = 6
# lxml's parser expects UTF-8, which has no surrogates, and stops reading at a NUL character.
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
# lxml accepts these characters in attribute names when it parses, but later fails to return such names. They are
# replaced by other invisible characters, because removing one between `<` and a letter would form a tag.
_NO_XML = str.maketrans(
    {**dict.fromkeys([*range(0x01, 0x09), *range(0x0E, 0x20)], 0x7F), 0xFFFE: 0xFDD0, 0xFFFF: 0xFDD0}
)
_IS_NO_XML = re.compile("[\x01-\x08\x0e-\x1f\ufffe\uffff]")

_PLACING_TAGS = TAGS | {placements.TAG}
_PLACING_ATTRIBUTES = {**ATTRIBUTES, placements.TAG: ["id"]}


class ParsersDisagree(Exception):
    """lxml and bleach read the HTML differently, or bleach would take too long."""


@dataclass(frozen=True)
class CleanHtml:
    """Cleaned HTML, and counts of removed parts by kind.

    `fallback` is true if the HTML could not be cleaned and is shown as escaped text.
    """

    html: str
    removed: Counter[str] = field(default_factory=Counter)
    fallback: bool = False


def clean(raw: str, *, with_placements: bool = False) -> CleanHtml:
    """Clean any string. Never raises.

    Never loses text that a reader of `raw` would have seen, except the parts that `removals` removes.
    Placements of photos are kept only if `with_placements` is set, for texts from the desk.
    """
    removed: Counter[str] = Counter()
    source = _readable(raw, removed)
    if not guard.may_be_parsed(source):
        return as_text(raw)
    reader = TreeReader(removed, with_placements=with_placements)
    try:
        with collector.paused(source):
            tree = parse(source)
            removals.remove(tree, removed)
            html = _agreed(_write(tree, reader), with_placements=with_placements)
    except (TooDeep, ParsersDisagree, RecursionError):
        return as_text(raw)
    is_safe = is_allowed(html, with_placements=with_placements)
    return CleanHtml(html, reader.removed) if is_safe else as_text(raw)


def as_text(raw: str) -> CleanHtml:
    """Escape the raw text, markup included. Used if a text cannot be cleaned, so that no word is lost.

    The text is not parsed. Parts that a browser would not show are removed by searching the source.
    """
    if (text := original(raw)) is not None:
        # All markup in the text is escaped already, so readers see it.
        cleaned = mentions.clean(text)
        return CleanHtml(paragraphs(cleaned.text), cleaned.removed, fallback=True)
    first = mentions.clean(raw)
    removed: Counter[str] = Counter()
    before, shown = "", first.text
    for _ in range(ROUNDS_AS_TEXT):
        before, shown = shown, mentions.clean(unparsed.shown(shown, removed)).text
        if shown == before:
            return CleanHtml(paragraphs(shown), first.removed + removed, fallback=True)
    # Each removal has formed new markup, which only an attack does. A space after each `<` prevents that.
    return CleanHtml(paragraphs(shown.replace("<", "< ")), first.removed + removed, fallback=True)


def _readable(raw: str, removed: Counter[str]) -> str:
    """Remove characters that the parser cannot read, and the inline data of images."""
    text = invisible.newlines(raw)
    if not text.isascii() or "\x00" in text:
        text, invalid = _UNREADABLE.subn("", text)
        removed.update(+Counter(invalid=invalid))
    if _IS_NO_XML.search(text):
        text = text.translate(_NO_XML)
    return fields.revealed(guard.without_payloads(text))


def _write(tree: Any, reader: TreeReader) -> str:
    return reader.read(tree).html()


def _agreed(html: str, *, with_placements: bool) -> str:
    for _ in range(ROUNDS):
        if not guard.may_be_bleached(html):
            raise ParsersDisagree
        bleached = _bleach(html, with_placements=with_placements)
        if bleached != html:
            html = _write(parse(bleached), TreeReader(Counter(), with_placements=with_placements))
        if html == bleached:
            return bleached
    raise ParsersDisagree


def _bleach(html: str, *, with_placements: bool) -> str:
    tags, attributes = (TAGS, ATTRIBUTES) if not with_placements else (_PLACING_TAGS, _PLACING_ATTRIBUTES)
    # Create a new cleaner each time: bleach's cleaners are not thread-safe, and creating one takes 0.01 ms.
    cleaner = Cleaner(tags=tags, attributes=attributes, protocols=PROTOCOLS, strip=True, strip_comments=True)
    return cleaner.clean(html)
