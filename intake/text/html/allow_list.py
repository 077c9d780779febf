"""The allow-list for HTML, and the check that runs before HTML is stored and before it is shown."""

import re
from html import unescape

from intake.text.html import links, notes, placements

TAGS = frozenset(
    {
        "p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "blockquote", "ul", "ol", "li", "a", "code",
        "pre", "hr", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
# Only footnotes use `id`: `note-1` on the note, `ref-1` on its mark in the text (notes.ID).
ATTRIBUTES = {
    "a": ["href", "id"], "li": ["dir", "id", "value"], "ol": ["dir", "reversed", "start", "type"],
    "th": ["colspan", "dir", "rowspan"], "td": ["colspan", "dir", "rowspan"],
    **{tag: ["dir"] for tag in ("p", "h2", "h3", "h4", "pre", "blockquote", "ul", "table")},
}  # fmt: skip
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,5}")
VALUES = {
    "colspan": re.compile(r"[0-9]+"), "rowspan": re.compile(r"[0-9]+"), "dir": re.compile(r"rtl|ltr"),
    "reversed": re.compile(r"reversed"), "start": _INTEGER, "value": _INTEGER, "type": re.compile(r"[aAiI]"),
    "id": notes.ID,
}  # fmt: skip
PROTOCOLS = frozenset({"http", "https", "mailto"})

# All parsers read HTML of this grammar in the same way: no stray `<`, no comment, every attribute value quoted.
# Checking the tags therefore checks the elements. The outer groups are not possessive, because Python before 3.11.5
# would then accept an unclosed `<p`. Only one branch can match at any position, so no backtracking occurs.
_GRAMMAR = re.compile(r'(?:[^<>]++|</?[a-z][a-z0-9]*+(?: [a-z]++="[^"<>]*+")*>)*')
_TAG = re.compile("<[^>]*>")
_ATTRIBUTE = re.compile(' ([a-z]+)="([^"]*)"')
_BARE = frozenset(tag for name in TAGS for tag in (f"<{name}>", f"</{name}>"))
# Schemes must be written literally, without character references, so that no parser can read another scheme.
_BEGINNINGS = ("https://", "http://", "mailto:", "#")


def is_allowed(html: str, *, with_placements: bool = False) -> bool:
    """Return whether all elements, attributes and links of cleaned HTML are allowed.

    Placements of photos are allowed only if `with_placements` is set, and only as top-level blocks.
    The check uses no parser, because bleach and lxml have each read the HTML already.
    """
    if not _GRAMMAR.fullmatch(html):
        return False
    if with_placements and f"<{placements.TAG}" in html:
        # Placements are complete elements, because the grammar matched. Removing them cannot form a new tag.
        if not placements.are_apart(html):
            return False
        html = placements.without(html)
    return all(tag in _BARE or _is_allowed_tag(tag) for tag in set(_TAG.findall(html)))


def _is_allowed_tag(tag: str) -> bool:
    name, _, rest = tag[1:-1].partition(" ")
    found = _ATTRIBUTE.findall(f" {rest}")
    names = [attribute for attribute, _ in found]
    return (
        name in TAGS
        and len(names) == len(set(names))
        and all(_is_allowed_attribute(name, attribute, value) for attribute, value in found)
    )


def _is_allowed_attribute(tag: str, name: str, written: str) -> bool:
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    value = unescape(written)
    if name == "href":
        return written.startswith(_BEGINNINGS) and (
            links.is_safe(value) or notes.LINK.fullmatch(value) is not None
        )
    return VALUES[name].fullmatch(value) is not None
