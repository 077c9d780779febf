"""Heads of quoted mails: the lines of a mail program that say who wrote, to whom and when.

Heads are found here by the markup of mail programs. `mail_lines` finds heads in plain lines of text.
"""

import re
from itertools import islice
from typing import Any

from intake.text.html.removals import nodes

_CLASSES = frozenset({"gmail_attr", "moz-cite-prefix", "moz-email-headers-table"})
_IDS = frozenset({"divRplyFwdMsg"})
_MARKERS = frozenset({"__HEADERS__"})
# Outlook draws a border above the head of a quoted mail, and sets the field names in bold.
_LINE_ABOVE = re.compile(r"border-top:\s*solid")
_FIELDS = 3
_YAHOO = "yahoo_quoted"
_FIRST = 12
"""Number of elements at the start of a quotation that are searched for its head."""


def remove(tree: Any) -> int:
    """Remove the heads, and return their number."""
    return nodes.drop_all([element for element in nodes.elements(tree) if _is_head(element)])


def _is_head(element: Any) -> bool:
    if not _CLASSES.isdisjoint(nodes.classes(element)) or nodes.bare(element.get("id") or "") in _IDS:
        return True
    if element.get("data-marker") in _MARKERS:
        return True
    return element.tag == "div" and (_is_outlooks(element) or _is_yahoos(element))


def _is_yahoos(element: Any) -> bool:
    """Return whether an element is the first with words in a quotation by Yahoo Mail, and contains a mail address."""
    if not element.text or "@" not in element.text or not element.text.rstrip().endswith((":", "：")):
        return False
    around = next((one for one in element.iterancestors("div") if _YAHOO in nodes.classes(one)), None)
    first = () if around is None else islice(around.iter(), _FIRST)
    return next((one for one in first if nodes.has_words(one.text)), None) is element


def _is_outlooks(element: Any) -> bool:
    style = (element.get("style") or "").lower()
    if not _LINE_ABOVE.search(style):
        return False
    names = [
        one for one in element.iter("b", "strong") if "".join(one.itertext()).strip().endswith((":", "："))
    ]
    return len(names) >= _FIELDS
