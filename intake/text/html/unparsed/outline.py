"""Tree of HTML source that is built from its tags, without a parser.

Parsers are quadratic on some input, and recursive. This tree takes linear time. Its depth is limited: bare elements
between the outer and the inner ones are left out, and their content stays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from intake.text.html.removals import nodes
from intake.text.html.tags import IS_BLOCK
from intake.text.html.unparsed import tokens

# Only used to create elements, because HTML elements may have a colon in their names, as Word's do.
_PARSER = etree.HTMLParser()
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "param", "wbr"}
)
"""Elements without content."""
_LEVELS = 50
"""Number of outermost and of innermost levels of which no element is left out."""
_DEEPEST = 200
# lxml compares each attribute with all others, in quadratic time. Real markup has about a dozen.
_MOST_ATTRIBUTES = 100
# An end tag does not close its element if an element of higher rank is open inside it, as in libxml2.
_RANKS = {
    "div": 1,
    "td": 2,
    "th": 2,
    "tr": 3,
    "thead": 4,
    "tbody": 4,
    "tfoot": 4,
    "table": 5,
    "body": 6,
    "html": 7,
}
_LISTS = ("ul", "ol", "menu", "dir", "dl", "table")
_CELLS = ("td", "th", "tr", "thead", "tbody", "tfoot")
_INSIDE_P = frozenset({*_CELLS, "caption", "legend", "summary", "html", "body", "head"})
# Start tag → open elements that it closes, each with the elements that prevent this if open inside.
_ENDS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **dict.fromkeys(IS_BLOCK - _INSIDE_P, (("p", tuple(_RANKS)),)),
    "li": (("p", tuple(_RANKS)), ("li", _LISTS)),
    **dict.fromkeys(("dt", "dd"), (("p", tuple(_RANKS)), ("dt", _LISTS), ("dd", _LISTS))),
    **dict.fromkeys(("td", "th"), (("td", ("table",)), ("th", ("table",)))),
    **dict.fromkeys(_CELLS[2:], tuple((one, ("table",)) for one in _CELLS[:3])),
    "option": (("option", ("select",)),),
}


class _Node:
    """Element of the source. `depth` counts the elements around it, `height` the levels inside it."""

    __slots__ = ("attributes", "depth", "height", "name", "parent")

    def __init__(self, name: str, attributes: str, parent: "_Node | None") -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.height = 0


# Beginning of an element, a text, or the end of the innermost element.
_Event = _Node | str | None


def build(source: str, removes: Callable[[str, str], bool]) -> Any:
    """Build the tree of HTML source, with all its words as they are written there.

    `removes` tells from the name and the attributes of an element whether all of it will be removed. Such an element
    stays at any depth.
    """
    events = list(_Reading().events(source))
    for node in reversed([event for event in events if isinstance(event, _Node)]):
        if node.parent:
            node.parent.height = max(node.parent.height, node.height + 1)
    return _Building(removes).tree(events)


def element(name: str, attributes: str) -> Any:
    """Build one element from its name and the source of its attributes."""
    made = _PARSER.makeelement(name)
    _set(made, attributes)
    return made


def _set(made: Any, attributes: str) -> None:
    for name, value in islice(tokens.values(attributes).items(), _MOST_ATTRIBUTES):
        try:
            made.set(name, value)
        except ValueError:
            # lxml refuses names and values that XML does not allow. The cleaner does not need them.
            continue


class _Reading:
    """Stack of the open elements of the source, to find out which of them a tag closes."""

    def __init__(self) -> None:
        self._open: list[_Node] = []
        # Name → places of the open elements with this name, from the outermost.
        self._places: dict[str, list[int]] = defaultdict(list)

    def events(self, source: str) -> Iterator[_Event]:
        """Beginnings and ends of all elements, and the texts between them."""
        place = 0
        for tag in tokens.find(source):
            if tag.start > place:
                yield source[place : tag.start]
            place = tag.end
            if tag.is_closing:
                yield from self._end(tag.name, self._higher(tag.name))
            elif tag.name:
                yield from self._begin(tag)
        if place < len(source):
            yield source[place:]
        yield from [None] * len(self._open)

    def _begin(self, tag: tokens.Tag) -> Iterator[_Event]:
        for name, scopes in _ENDS.get(tag.name, ()):
            yield from self._end(name, scopes)
        node = _Node(tag.name, tag.attributes, self._open[-1] if self._open else None)
        yield node
        if tag.name in VOID:
            yield None
        else:
            self._places[tag.name].append(len(self._open))
            self._open.append(node)

    def _higher(self, name: str) -> tuple[str, ...]:
        rank = _RANKS.get(name, 0)
        return tuple(other for other in _RANKS if _RANKS[other] > rank)

    def _end(self, name: str, scopes: tuple[str, ...]) -> Iterator[None]:
        """End the innermost element of this name and all inside it, unless one of the scopes is inside it."""
        if not (places := self._places[name]):
            return
        at = places[-1]
        if any(self._places[scope][-1] > at for scope in scopes if self._places[scope]):
            return
        while len(self._open) > at:
            self._places[self._open.pop().name].pop()
            yield None


class _Building:
    """Tree that grows event by event."""

    def __init__(self, removes: Callable[[str, str], bool]) -> None:
        self._removes = removes
        # Tree element of each open node. A node that is left out has the element of its parent.
        self._open: list[Any] = [_PARSER.makeelement("html")]
        self._depth = 0
        self._is_removed = False
        # Adjacent texts, and the element and slot (`text` or `tail`) to which they belong.
        self._words: list[str] = []
        self._slot: tuple[Any, str] = (self._open[0], "text")

    def tree(self, events: list[_Event]) -> Any:
        """Root of the tree of all events."""
        for event in events:
            if isinstance(event, str):
                self._words.append(event)
            elif event is None:
                self._leave()
            else:
                self._enter(event)
        self._write()
        return self._open[0]

    def _enter(self, node: _Node) -> None:
        around = self._open[-1]
        if not self._stays(node):
            self._open.append(around)
            return
        self._write()
        element = etree.SubElement(around, node.name)
        _set(element, node.attributes)
        self._depth += 1
        self._open.append(element)
        self._slot = (element, "text")

    def _leave(self) -> None:
        if self._open[-1] is self._open[-2]:
            self._open.pop()
            return
        self._write()
        self._slot = (self._open.pop(), "tail")
        self._depth -= 1
        self._is_removed = self._is_removed and self._depth > _DEEPEST

    def _stays(self, node: _Node) -> bool:
        if self._depth < _DEEPEST:
            return bool(node.attributes) or node.depth < _LEVELS or node.height < _LEVELS
        if self._is_removed or not self._removes(node.name, node.attributes):
            return False
        self._is_removed = True
        return True

    def _write(self) -> None:
        if self._words:
            nodes.put(*self._slot, "".join(self._words))
            self._words.clear()
