"""Check of HTML against the allow-list, as browsers read it."""

import re

from intake.text.html import links
from intake.text.html.allow_list import ATTRIBUTES, TAGS
from tests.text.tree import tree

_NOTE = re.compile(r"(?:note|ref)-[1-9][0-9]{0,2}")

_INTEGER = re.compile(r"-?[0-9]{1,6}")
_VALUES = {
    "dir": ("rtl", "ltr"),
    "reversed": ("reversed",),
    "type": ("a", "A", "i", "I"),
}
_AROUND = ("html", "head", "body")


def strange(html: str) -> list[str]:
    """Elements, attributes and links outside the allow-list."""
    found = []
    for element in tree(html).iter():
        if element.tag not in TAGS and element.tag not in _AROUND:
            found.append(str(element.tag))
        found += [
            f"{element.tag} {name}={value}"
            for name, value in element.attrib.items()
            if name not in ATTRIBUTES.get(element.tag, ()) or not _is_allowed(name, value)
        ]
    return found


def _is_allowed(name: str, value: str) -> bool:
    if name == "id":
        return _NOTE.fullmatch(value) is not None
    if name == "href":
        return links.clean(value) == value or (value[:1] == "#" and _NOTE.fullmatch(value[1:]) is not None)
    if name in _VALUES:
        return value in _VALUES[name]
    return _INTEGER.fullmatch(value) is not None if name in ("start", "value") else value.isdecimal()
