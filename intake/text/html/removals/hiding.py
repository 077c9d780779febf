"""Words that a browser does not show are removed from a parsed tree, by whatever means they are hidden.

Words stay if they are only collapsed (`details`) or hidden from screen readers (`aria-hidden`).
Words in the colour of their background are removed too. Where nothing says what lies behind them, the page is taken
to be white, unless the text seems to come from a page in dark mode.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from intake.text.html.removals import boxes, carried, looks, nodes, stylesheet
from intake.text.html.removals.looks import Look

LEAST_DARK = 200
"""Smallest number of white characters from which a text may come from a page in dark mode despite dark words."""


def remove(tree: Any) -> int:
    """Remove hidden words from a tree. Returns the number of hidden passages."""
    walk = _Walk(stylesheet.rules(tree))
    walk.through(tree)
    unseen = walk.unreadable if walk.is_dark_mode() else [*walk.unreadable, *walk.white]
    for one in unseen:
        _clear(one)
    return nodes.drop_all(walk.hidden) + len({one.owner for one in unseen})


def hides(element: Any) -> bool:
    """Return whether the attributes of an element hide all its content."""
    found = _outcome(element, stylesheet.cascade([], element.get("style")), _Outcome(looks.PLAIN))
    return found.is_hidden or found.reason == _UNREADABLE


LONGEST_EMOJI = 10
"""Largest number of transparent characters that are taken for an emoji shown as a background picture."""


class Unseen(NamedTuple):
    """Element whose own words cannot be seen, and the outermost element that has the same look.

    `gap` is what a reader sees instead of the words: a space, or nothing.
    """

    element: Any
    owner: Any
    gap: str


def _clear(unseen: Unseen) -> None:
    element, gap = unseen.element, unseen.gap
    for holder, slot in _texts(element):
        nodes.put(holder, slot, gap)
    # If there are spaces on both sides, only one is kept.
    before = nodes.text_before(element).endswith(nodes.SPACES)
    after = (element.tail or "").startswith(nodes.SPACES)
    if before or after:
        element.text = None
    if before and after and len(element) == 0:
        nodes.put(element, "tail", element.tail.lstrip("".join(nodes.SPACES)))


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    """Texts that stand directly in an element."""
    if element.text:
        yield element, "text"
    for child in element:
        if child.tail:
            yield child, "tail"


_WHITE, _UNREADABLE = "white", "unreadable"


class _Outcome(NamedTuple):
    """Look of an element. `reason` says why its words cannot be seen, and is empty if they can."""

    look: Look
    reason: str = ""
    is_hidden: bool = False


@dataclass
class _Frame:
    """Children of one element that are still to be visited, and what they inherit.

    `owner` is the outermost element around them whose words are invisible for the same reason, or None.
    """

    children: Iterator[Any]
    outcome: _Outcome
    owner: Any = None
    place: stylesheet.Place = stylesheet.ROOT
    previous: stylesheet.Place = stylesheet.ROOT


class _Walk:
    """One walk through a tree in document order, with the look of each element.

    `hidden` are elements to remove as a whole. Elements in `unreadable` and `white` lose only their own text.
    `white` are elements whose words are white on a page whose background is not known.
    """

    def __init__(self, rules: list[stylesheet.Rule]) -> None:
        self._matcher = stylesheet.Matcher(rules) if rules else None
        self.hidden: list[Any] = []
        self.unreadable: list[Unseen] = []
        self.white: list[Unseen] = []
        # Tag, style, numbers of the matching rules, and `id` of the parent's outcome → outcome.
        self._outcomes: dict[tuple[str, str | None, tuple[int, ...], int], _Outcome] = {}
        self._equal: dict[_Outcome, _Outcome] = {}
        self._white_size = 0
        self._dark_size = 0

    def is_dark_mode(self) -> bool:
        """Return whether the text seems to be white because it was copied from a page in dark mode."""
        if self._white_size <= self._dark_size:
            return False
        return not self._dark_size or self._white_size >= LEAST_DARK

    def through(self, tree: Any) -> None:
        """Visit all elements that are not inside a hidden one."""
        frames = [_Frame(iter([tree]), _Outcome(looks.PLAIN))]
        while frames:
            child = next(frames[-1].children, None)
            if child is None:
                frames.pop()
            elif isinstance(child.tag, str) and (inner := self._visit(child, frames[-1])):
                frames.append(inner)

    def _visit(self, element: Any, around: _Frame) -> _Frame | None:
        matched: list[stylesheet.Matched] = []
        place = stylesheet.ROOT
        if self._matcher:
            place, matched = self._matcher.match(element, around.place, around.previous)
            around.previous = place
            carried.over(element, matched)
        if element.tag in nodes.UNREAD:
            return None
        outcome = self._outcome(element, matched, around.outcome)
        if outcome.is_hidden:
            self.hidden.append(element)
            return None
        owner = around.owner if outcome.reason == around.outcome.reason else element
        self._judge(element, outcome, owner)
        return _Frame(iter(element), outcome, owner, place)

    def _outcome(self, element: Any, matched: list[stylesheet.Matched], around: _Outcome) -> _Outcome:
        style = element.get("style")
        if _has_own_looks(element):
            return self._kept(_outcome(element, stylesheet.cascade(matched, style), around))
        if not style and not matched:
            return around
        # Cached, because most elements share their styles with many others.
        key = (element.tag, style, tuple(one.number for one in matched), id(around))
        if key not in self._outcomes:
            self._outcomes[key] = self._kept(_outcome(element, stylesheet.cascade(matched, style), around))
        return self._outcomes[key]

    def _kept(self, outcome: _Outcome) -> _Outcome:
        """Return one shared object for equal outcomes, so that its `id` can be part of a cache key."""
        return self._equal.setdefault(outcome, outcome)

    def _judge(self, element: Any, outcome: _Outcome, owner: Any) -> None:
        texts = [getattr(*where).strip() for where in _texts(element)]
        size = sum(map(len, texts))
        if not size:
            return
        if outcome.look.background is None and size <= LONGEST_EMOJI:
            # Facebook shows an emoji as a picture behind the emoji itself in transparent ink.
            return
        if outcome.reason == _WHITE:
            self._white_size += size
        elif not outcome.reason and outcome.look.is_dark:
            self._dark_size += size
        if outcome.reason and any(map(nodes.has_words, texts)):
            gap = "" if outcome.look.size <= looks.TINY_PX else " "
            (self.white if outcome.reason == _WHITE else self.unreadable).append(Unseen(element, owner, gap))


def _has_own_looks(element: Any) -> bool:
    """Return whether attributes other than `style` and `class` can change the look of an element."""
    if element.tag in looks.BY_ATTRIBUTES or element.tag in boxes.BY_ATTRIBUTES:
        return True
    return element.get("hidden") is not None or element.get("popover") is not None


def _outcome(element: Any, values: dict[str, str], around: _Outcome) -> _Outcome:
    look = looks.of(element, values, around.look)
    is_hidden = look.opacity <= looks.CLEAR or boxes.is_hidden(element, values, look.size)
    return around if look == around.look and not is_hidden else _Outcome(look, _reason(look), is_hidden)


def _reason(look: Look) -> str:
    """Reason why the words of an element are invisible. Empty if they are visible."""
    if look.is_unreadable:
        return _UNREADABLE
    if look.has_color_of_background:
        return _WHITE if look.is_page else _UNREADABLE
    return ""
