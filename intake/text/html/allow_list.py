"""The allow-list for HTML, and the check that runs before HTML is stored and before it is shown."""

import re
from typing import Any

from intake.text.html import links, notes
from intake.text.html.reader import parse

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

# Every parser reads HTML of this grammar alike: no stray `<`, no comment, every attribute value quoted. The
# outer groups are not possessive, because Python before 3.11.5 would then accept an unclosed `<p`. Only one
# branch can match at any position, so no backtracking occurs.
_GRAMMAR = re.compile(r'(?:[^<>]++|</?[a-z][a-z0-9]*+(?: [a-z]++="[^"<>]*+")*>)*')


def is_allowed(html: str) -> bool:
    """Return whether all elements, attributes and links of cleaned HTML are allowed.

    The check parses with lxml, because the last cleaning step, bleach, uses another parser.
    """
    if not html:
        return True
    if not _GRAMMAR.fullmatch(html):
        return False
    body = parse(html).find("body")
    return body is not None and all(_allowed(element) for element in body.iterdescendants())


def _allowed(element: Any) -> bool:
    if element.tag not in TAGS:
        return False
    return all(_attribute(element.tag, name, value) for name, value in element.attrib.items())


def _attribute(tag: str, name: str, value: str) -> bool:
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return links.is_safe(value) or notes.LINK.fullmatch(value) is not None
    return VALUES[name].fullmatch(value) is not None
