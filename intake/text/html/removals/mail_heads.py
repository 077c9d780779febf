"""Heads of quoted mails: the lines of a mail program that say who wrote, to whom and when."""

import re
from typing import Any

from intake.text.html.removals import nodes

_CLASSES = frozenset({"gmail_attr", "moz-cite-prefix", "moz-email-headers-table"})
_IDS = frozenset({"divRplyFwdMsg", "x_divRplyFwdMsg"})
_MARKERS = frozenset({"__HEADERS__"})
_LINES = frozenset({"p", "div", "span", "section", "article", "center", "font"})
_WORDLESS = frozenset({"br", "hr", "img", "wbr"})
_BOXES = frozenset({"div", "section", "article", "center"})
_STEPS = 8
# Outlook separates a mail from the one before by a line above its head, and sets the names of the fields in bold.
_LINE_ABOVE = re.compile(r"border-top:\s*solid")
_FIELDS = 3
_LONGEST = 500
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
_DATE = re.compile(r"\d{1,2}[:.]\d\d|\b\d{4}\b")


def remove(tree: Any) -> int:
    """Remove the heads, and return their number."""
    return nodes.drop_all([element for element in nodes.elements(tree) if _is_head(element)])


def _is_head(element: Any) -> bool:
    if not _CLASSES.isdisjoint(nodes.classes(element)) or element.get("id") in _IDS:
        return True
    if element.get("data-marker") in _MARKERS:
        return True
    return element.tag in _LINES and (_is_above_quotation(element) or _is_outlooks(element))


def _is_above_quotation(element: Any) -> bool:
    """Return whether a line names a time and an address, ends with a colon, and a quotation follows or holds it."""
    if not _leads_on(element):
        return False
    text = "".join(element.itertext()) if sum(1 for _ in element.iter()) < _FIELDS * 10 else ""
    line = text[: _LONGEST + 1].strip()
    is_line = len(line) <= _LONGEST and line.endswith((":", "："))
    return is_line and bool(_ADDRESS.search(line)) and bool(_DATE.search(line))


def _leads_on(element: Any) -> bool:
    parent = element.getparent()
    if not nodes.has_words(element.tail) and _opens_quotation(element.getnext()):
        return True
    # Apple Mail writes the line as the first of the quotation.
    return (
        parent is not None
        and parent.tag == "blockquote"
        and parent.get("type") == "cite"
        and parent[0] is element
    )


def _opens_quotation(element: Any) -> bool:
    """Return whether a quotation begins here, after elements without words or in boxes."""
    for _ in range(_STEPS):
        if element is None:
            return False
        if element.tag == "blockquote":
            return True
        if not isinstance(element.tag, str) or element.tag in _WORDLESS:
            if nodes.has_words(element.tail):
                return False
            element = element.getnext()
        elif element.tag in _BOXES and not nodes.has_words(element.text):
            element = next(iter(element), None)
        else:
            return False
    return False


def _is_outlooks(element: Any) -> bool:
    style = (element.get("style") or "").lower()
    if element.tag != "div" or not _LINE_ABOVE.search(style):
        return False
    names = [
        one for one in element.iter("b", "strong") if "".join(one.itertext()).strip().endswith((":", "："))
    ]
    return len(names) >= _FIELDS
