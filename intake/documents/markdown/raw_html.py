"""Raw HTML inside Markdown. Known tags are kept as formatting, all other tags become text."""

import re
from collections import Counter

# Tags that Markdown files use for formatting. The text cleaner decides about their styles and links.
_KNOWN = frozenset(
    """
    a abbr article aside b bdi bdo big blockquote br caption center cite code dd del details dfn div dl dt em
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q rp rt ruby s
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
UNSEEN = {"script": "script", "style": ""}
"""Elements whose content no reader sees → kind of removal, empty if the contributor need not be told."""
_PICTURES = frozenset({"img", "picture", "source"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[\s/][^<>]*+)?)>")
# Only known attributes may have no value: in `<b and c>` the author did not mean a tag.
_ATTRIBUTES = re.compile(
    r"""(?:[\s/]++(?:[a-zA-Z][\w:.-]*+\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)|hidden|open|reversed|nowrap))*"""
    r"""[\s/]*+"""
)
_LOWER = {letter: letter + 32 for letter in range(ord("A"), ord("Z") + 1)}


def clean(html: str, removed: Counter[str]) -> str:
    """Keep known tags, remove comments, scripts and pictures, and escape all other markup.

    Removed things are counted in `removed`.
    """
    return _Cleaner(html, removed).clean()


def count(name: str, removed: Counter[str]) -> None:
    """Count an element of UNSEEN that was removed."""
    if UNSEEN[name]:
        removed[UNSEEN[name]] += 1


def lower(html: str) -> str:
    """Lowercase ASCII letters only, so that each character keeps its place."""
    return html.translate(_LOWER)


class _Cleaner:
    def __init__(self, html: str, removed: Counter[str]) -> None:
        self.html, self.removed = html, removed
        self._lower = lower(html)
        self._ends: dict[str, int] = {}

    def clean(self) -> str:
        kept, place = [], 0
        while (start := self.html.find("<", place)) >= 0:
            kept.append(self.html[place:start])
            place, written = self._comment(start) or self._element(start) or (start + 1, "&lt;")
            kept.append(written)
        return "".join([*kept, self.html[place:]])

    def _comment(self, start: int) -> tuple[int, str] | None:
        """End of the comment at `start`, and its replacement. None if there is no comment or it is not closed."""
        if not self.html.startswith("<!--", start) or (end := self._after("-->", start + 4)) < 0:
            return None
        self.removed["comment"] += 1
        return end, ""

    def _element(self, start: int) -> tuple[int, str] | None:
        tag = _TAG.match(self.html, start)
        if tag is None:
            return None
        name = tag[2].lower()
        if name in UNSEEN and not tag[1]:
            return self._unseen(name, tag.end())
        if name in _PICTURES:
            if name == "img":
                self.removed["image"] += 1
            return tag.end(), " "
        attributes = _ATTRIBUTES.fullmatch(tag[3])
        return (tag.end(), tag[0]) if name in _KNOWN and attributes else None

    def _unseen(self, name: str, start: int) -> tuple[int, str] | None:
        end = self._after(f"</{name}>", start)
        if end < 0:
            return None
        count(name, self.removed)
        return end, ""

    def _after(self, closing: str, start: int) -> int:
        """Place after the next `closing`, or -1. Takes constant time if no `closing` follows."""
        if closing not in self._ends:
            self._ends[closing] = self._lower.rfind(closing)
        if self._ends[closing] < start:
            return -1
        return self._lower.index(closing, start) + len(closing)
