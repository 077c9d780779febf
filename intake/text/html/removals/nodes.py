"""Elements of a parsed tree: their words, and removal that keeps the text around them."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

UNREAD = frozenset({"script", "style", "title", "template", "meta", "link"})
"""Elements whose text no browser shows."""

SPACES = (" ", "\t", "\n")
"""White space characters. A browser shows a run of them as one space."""
SLOTS = ("text", "tail")
"""Attributes of an element that hold text: the text before its first child, and the text behind it."""

# Characters that XML 1.0, section 2.2, does not allow.
_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# `x_` is of Outlook and Zoho, `gmail-` and `m_` are of Gmail, `yiv` and `ydp` are of Yahoo.
_MAIL_PREFIX = re.compile(r"^(?:x_\d*+|gmail-|m_-?\d++_?|yiv\d++|ydp[0-9a-f]{6,10})+(?=[A-Za-z_])")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Number of characters of an identifier that are split into words. Real names are shorter.
_LONGEST = 400


def elements(tree: Any) -> Iterator[Any]:
    """Elements of a tree in document order, without comments and processing instructions."""
    return iter(tree.iter("*"))


def has_words(text: str | None) -> bool:
    """Return whether a text has a letter or a digit."""
    return bool(text) and any(map(str.isalnum, text or ""))


def is_blank(element: Any) -> bool:
    """Return whether an element has no letter and no digit in it."""
    return not any(map(has_words, element.itertext()))


def size(tree: Any) -> int:
    """Number of characters of a tree that a browser may show."""
    return sum(
        len(element.tail or "") + (0 if element.tag in UNREAD else len(element.text or ""))
        for element in elements(tree)
    )


@lru_cache(maxsize=2048)
def names(text: str | None) -> frozenset[str]:
    """Lower-case words of an identifier: `TrackChange ice-del` has `track`, `change`, `ice`, `del`."""
    return frozenset(map(str.lower, _WORD.findall((text or "")[:_LONGEST])))


def bare(name: str) -> str:
    """Name of a class, an id or an anchor, without the prefixes that mail programs add."""
    return _MAIL_PREFIX.sub("", name, count=1)


def classes(element: Any) -> frozenset[str]:
    """Classes of an element, also without the prefixes of mail programs."""
    return _split(element.get("class"))


@lru_cache(maxsize=2048)
def _split(text: str | None) -> frozenset[str]:
    named = (text or "").split()
    return frozenset((*named, *map(bare, named)))


def put(element: Any, slot: str, text: str | None) -> None:
    """Set the text in a slot of an element. Characters that XML cannot hold, which lxml reads but refuses, are dropped."""
    try:
        setattr(element, slot, text)
    except ValueError:
        setattr(element, slot, _REFUSED.sub("", text or ""))


def set_style(element: Any, style: str) -> None:
    """Set the `style` of an element. Characters that XML cannot hold are dropped."""
    element.set("style", _REFUSED.sub("", style))


def drop(element: Any) -> None:
    """Remove an element with all that is in it. The text behind it stays.

    If there are spaces on both sides, only one is kept, because a browser would show only one.
    """
    _drop_neighbours([element])


def _drop_neighbours(found: list[Any]) -> None:
    """Remove elements that follow each other. Their texts are joined once, because joining them one by one is quadratic."""
    parent, before = found[0].getparent(), found[0].getprevious()
    if parent is None:
        return
    parts = [text_before(found[0])]
    for element in found:
        tail = element.tail or ""
        parts.append(tail.lstrip("".join(SPACES)) if parts[-1].endswith(SPACES) else tail)
        if not parts[-1]:
            del parts[-1]
    owner, slot = (parent, "text") if before is None else (before, "tail")
    put(owner, slot, "".join(parts))
    for element in found:
        parent.remove(element)


def text_before(element: Any) -> str:
    """Text directly before an element, in its parent."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return before.tail or ""
    return "" if parent is None else parent.text or ""


def drop_all(found: Iterable[Any], *, joined: bool = False) -> int:
    """Remove elements, given in document order. Returns how many of them had words.

    Elements inside an element of the same list go with it. If `joined`, neighbours without words between them count
    as one.
    """
    passages, outer = 0, _outermost(list(found))
    for element in outer:
        passages += not is_blank(element) and not (joined and _continues(element, outer))
    neighbours: list[Any] = []
    for element in outer:
        if neighbours and element.getprevious() is not neighbours[-1]:
            _drop_neighbours(neighbours)
            neighbours = []
        neighbours.append(element)
    if neighbours:
        _drop_neighbours(neighbours)
    return passages


def _outermost(found: list[Any]) -> dict[Any, None]:
    known = set(found)
    inside: set[Any] = set()
    for element in found:
        parent = element.getparent()
        # In document order, elements around come first. Marking the ancestors keeps the search linear.
        above: list[Any] = []
        while parent is not None and parent not in known and parent not in inside:
            above.append(parent)
            parent = parent.getparent()
        if parent is not None:
            inside.update(above)
            inside.add(element)
    return {element: None for element in found if element not in inside}


def _continues(element: Any, found: dict[Any, None]) -> bool:
    before = element.getprevious()
    while before is not None and before in found and not has_words(before.tail):
        if not is_blank(before):
            return True
        before = before.getprevious()
    return False


def cut(tree: Any, is_cut: Callable[[str, Any], bool]) -> None:
    """Remove text nodes by their place. Calls `is_cut` for each start, text, end and tail in document order.

    `is_cut` gets the event and the element. Its return value is ignored for `start` and `end`.
    """
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        is_cut(event, element)
        slot = "text" if event == "start" else "tail"
        if is_cut(slot, element) and getattr(element, slot):
            setattr(element, slot, None)
