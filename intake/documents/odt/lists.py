"""Numbering of lists in an OpenDocument text."""

from typing import Any

from intake.documents.blocks import Marker
from intake.documents.odt.names import TEXT, XML
from intake.documents.odt.styles import OdtStyles, number


class OdtLists:
    """Counters of all lists, and the lists that are open at one place of the text."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._open: list[_OpenOdtList] = []
        # Last numbers, for lists that continue an earlier one: by id of the list, and by style and level.
        self._by_id: dict[str, int] = {}
        self._by_style: dict[tuple[str, int], int] = {}

    @property
    def depth(self) -> int:
        """Number of open lists."""
        return len(self._open)

    def begin(self, element: Any) -> None:
        """Open a list."""
        outer = self._open[-1].style if self._open else ""
        style, depth = element.get(f"{TEXT}style-name") or outer, len(self._open)
        level = self._styles.list_level(style, depth)
        last = level.start - 1
        if (continued := element.get(f"{TEXT}continue-list")) in self._by_id:
            last = self._by_id[continued or ""]
        elif element.get(f"{TEXT}continue-numbering") == "true":
            last = self._by_style.get((style, depth), last)
        self._open.append(_OpenOdtList(style, level.kind, element.get(f"{XML}id") or "", last))

    def end(self) -> None:
        """Close the innermost list."""
        self._open.pop()

    def item(self, element: Any) -> None:
        """Advance the counter of the innermost list by one item."""
        opened = self._open[-1]
        opened.last = number(element.get(f"{TEXT}start-value"), opened.last + 1)
        self._by_style[opened.style, len(self._open) - 1] = opened.last
        if opened.name:
            self._by_id[opened.name] = opened.last

    def marker(self) -> Marker:
        """Depth, kind and number of the item that was counted last."""
        opened = self._open[-1]
        return Marker(len(self._open) - 1, "ol" if opened.kind else "ul", opened.kind, opened.last)


class _OpenOdtList:
    def __init__(self, style: str, kind: str, name: str, last: int) -> None:
        self.style, self.kind, self.name, self.last = style, kind, name, last
