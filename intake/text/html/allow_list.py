"""Whether HTML holds to the allow-list: the last word before it is stored, and before it is shown."""

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
# The `id` is for notes alone, and only in the two forms of notes.ID.
ATTRIBUTES = {
    "a": ["href", "id"], "li": ["id"], "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"], "ol": ["start"],
}  # fmt: skip
PROTOCOLS = frozenset({"http", "https", "mailto"})

# Any parser reads text of this grammar alike: no stray `<`, no comment, every value quoted.
# Its groups are not possessive, which Python before 3.11.5 gets wrong: `<p` held. Only one branch can match at any place, so
# there is nothing to go back to.
_GRAMMAR = re.compile(r'(?:[^<>]++|</?[a-z][a-z0-9]*+(?: [a-z]++="[^"<>]*+")*>)*')


def holds(html: str) -> bool:
    """Whether all elements, attributes and links in `html` are allowed, as read by a parser that did not clean it."""
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
        return links.clean(value) == value or notes.LINK.fullmatch(value) is not None
    if name == "id":
        return notes.ID.fullmatch(value) is not None
    return value.isascii() and value.isdecimal()
