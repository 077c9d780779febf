"""Numbers of elements among the children of their parent, for selectors such as `:nth-child(2)`."""

from collections import Counter
from typing import Any, NamedTuple


class SiblingOrder(NamedTuple):
    """Positions of an element, from 1: among its siblings and those with its tag, from the start and the end."""

    number: int
    from_end: int
    of_type: int
    of_type_from_end: int


_ONLY = SiblingOrder(1, 1, 1, 1)


class Siblings:
    """Sibling orders of the elements of one tree. Cached per parent, so the children are counted only once."""

    def __init__(self) -> None:
        self._orders: dict[Any, dict[Any, SiblingOrder]] = {}

    def order(self, element: Any) -> SiblingOrder:
        """Return the order of an element. The tree must not have changed since the first call."""
        parent = element.getparent()
        if parent is None:
            return _ONLY
        if parent not in self._orders:
            self._orders[parent] = _counted([child for child in parent if isinstance(child.tag, str)])
        return self._orders[parent][element]


def _counted(children: list[Any]) -> dict[Any, SiblingOrder]:
    totals = Counter(child.tag for child in children)
    seen: Counter[str] = Counter()
    found: dict[Any, SiblingOrder] = {}
    for number, child in enumerate(children, start=1):
        seen[child.tag] += 1
        of_type = seen[child.tag]
        found[child] = SiblingOrder(
            number, len(children) - number + 1, of_type, totals[child.tag] - of_type + 1
        )
    return found
