"""Remove invisible parts from the source of HTML that is not passed to a parser.

Of a tag, only its name and the address of a link stay, because programs write the names of authors into attributes.
"""

from collections import Counter
from functools import lru_cache
from html import escape
from typing import Any

from lxml import etree

from intake.text.html import links, removals
from intake.text.html.elements import replaced
from intake.text.html.removals import comments, deletions, hiding, nodes, page_parts
from intake.text.html.tags import DROPPED
from intake.text.html.unparsed import heads, outline


def shown(source: str, removed: Counter[str]) -> str:
    """Source without comments, deleted and hidden words, heads of quoted mails, and attributes. Counts removals in `removed`.

    Runs in linear time.
    """
    if "<" not in source:
        return source
    tree = outline.build(source, _is_removed)
    replaced.spell_out(tree)
    removals.remove(tree, removed)
    _drop_unread(tree, removed)
    _drop_empty(tree)
    kept, number = heads.without(_written(tree))
    removed.update(+Counter({"mail-head": number}))
    return kept


@lru_cache(maxsize=2048)
def _is_removed(name: str, attributes: str) -> bool:
    """Return whether the name and attributes of an element alone show that readers do not see it."""
    if name in DROPPED:
        return True
    element = outline.element(name, attributes)
    found = (comments.is_part, deletions.is_deleted, page_parts.is_page_part, hiding.hides)
    return any(test(element) for test in found)


def _drop_unread(tree: Any, removed: Counter[str]) -> None:
    """Remove scripts, styles, document properties and other elements whose text is not meant for readers."""
    for kind, found in _unread(tree).items():
        nodes.drop_all(found)
        removed.update(+Counter({kind: len(found)}) if kind else ())


def _unread(tree: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for element in nodes.elements(tree):
        if element.tag in DROPPED:
            found.setdefault(DROPPED[element.tag], []).append(element)
        elif element.tag == "xml" and replaced.is_properties(element):
            found.setdefault("properties", []).append(element)
    return found


def _drop_empty(tree: Any) -> None:
    """Remove elements that contain no text and no elements but empty ones."""
    empty: set[Any] = set()
    for element in reversed(list(nodes.elements(tree))):
        is_void = element.tag in outline.VOID or element.getparent() is None
        if not is_void and not element.text and all(one in empty and not one.tail for one in element):
            empty.add(element)
    nodes.drop_all(element for element in nodes.elements(tree) if element in empty)


def _written(tree: Any) -> str:
    """HTML source of a tree. Its texts are already escaped."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_start = event == "start"
        if element is not tree:
            parts.append(_tag(element) if is_start else _end(element))
        parts.append((element.text if is_start else element.tail) or "")
    return "".join(parts)


def _tag(element: Any) -> str:
    href = links.clean(element.get("href", "")) if element.tag == "a" else None
    return f'<{element.tag} href="{escape(href)}">' if href else f"<{element.tag}>"


def _end(element: Any) -> str:
    return "" if element.tag in outline.VOID else f"</{element.tag}>"
