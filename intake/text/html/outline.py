"""Puts blocks together as they are read, so that items stand in lists, cells in rows, and text in paragraphs."""

from collections import Counter

from intake.text.html.blocks import CELLS, LISTS, Box, Leaf, Run
from intake.text.html.notes import BACK

_TABLE = ("table", "thead", "tbody", "tr")
_SECTIONS = ("thead", "tbody")


class Outline:
    """The blocks read so far, the boxes that are open, and the leaf that takes text."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.root = Box("body")
        self._open = [self.root]
        self._leaf: Leaf | None = None

    def depth(self) -> int:
        """How many boxes are open; `close_to` goes back to it."""
        return len(self._open)

    def inside(self, *tags: str) -> bool:
        """Whether a box of one of these tags is open."""
        return any(box.tag in tags for box in self._open)

    def write(self, run: Run, tag: str) -> None:
        """Add text to the open leaf; open one of this tag where there is none, unless the text is only space."""
        if self._leaf is None:
            if not run.text.strip(" \t\n"):
                return
            self.begin(tag)
        if self._leaf is not None:
            self._leaf.runs.append(run)

    def begin(self, tag: str) -> None:
        """Open a leaf where one may stand."""
        self.end()
        self._leaf = Leaf(tag)
        self._attach(self._leaf)

    def end(self) -> None:
        """Close the leaf."""
        if self._leaf is not None:
            self._leaf.settle(self.removed)
        self._leaf = None

    def open(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        """Open a box, and those that it needs around it. Cells and rows outside a table are no boxes."""
        self.end()
        if tag in ("tr", *_SECTIONS, *CELLS) and not self._make_room(tag):
            return
        if tag == "li" and self._open[-1].tag not in LISTS:
            if not self.resume():
                self.open("ul")
        elif tag != "li" and self._open[-1].tag in LISTS:
            self._open.append(self._last_item())
        box = Box(tag, attributes or {})
        if tag in ("li", "tr", *_SECTIONS, *CELLS):
            self._open[-1].children.append(box)
        else:
            self._attach(box)
        self._open.append(box)

    def close_to(self, depth: int) -> None:
        """Close the leaf and all boxes opened since there were `depth` of them."""
        self.end()
        del self._open[max(depth, 1) :]

    def lead_back(self, number: int) -> None:
        """End the open item, a note, with the link back to its mark."""
        self.end()
        item = self._open[-1]
        item.prune()
        last = item.children[-1] if item.children else None
        back = Run(BACK, frozenset(), f"#ref-{number}")
        if isinstance(last, Leaf) and last.tag == "p" and last.runs:
            last.runs += [Run(" ", frozenset(), None), back]
        else:
            item.children.append(Leaf("p", [back]))

    def rule(self) -> None:
        """Add a thematic break."""
        self.end()
        self._attach(Box("hr"))

    def list_item(self, level: int, tag: str, attributes: dict[str, str]) -> None:
        """Open an item of a list that is known by its level alone (Word's paragraphs, Word Online's single lists).

        The item joins the list that the last block here is, or is nested in the last item of that.
        """
        self.end()
        for _ in range(level - 1):
            if not (children := self._open[-1].children) or not _is_list(children[-1]):
                break
            self._open.append(_box(children[-1]))
            if not self._open[-1].children:
                break
            self._open.append(_box(self._open[-1].children[-1]))
        children = self._open[-1].children
        if children and _is_list(children[-1]) and _box(children[-1]).tag == tag:
            self._open.append(_box(children[-1]))
        else:
            self.open(tag, attributes)
        self.open("li")

    def resume(self) -> bool:
        """Open the list again that is the last block here; False if the last block is none."""
        self.end()
        children = self._open[-1].children
        if not children or not _is_list(children[-1]):
            return False
        self._open.append(_box(children[-1]))
        return True

    def _make_room(self, tag: str) -> bool:
        """Bring the open boxes to where a row or a cell may be added; False outside a table."""
        table = max((i for i, box in enumerate(self._open) if box.tag == "table"), default=0)
        if not table or self._open[-1].tag not in _TABLE:
            return False
        if tag in CELLS:
            if self._open[-1].tag != "tr":
                self.open("tr")
        else:
            del self._open[table + 1 if tag in _SECTIONS else min(len(self._open), table + 2) :]
            if tag == "tr" and self._open[-1].tag == "table":
                self._section()
        return True

    def _section(self) -> None:
        table = self._open[-1]
        if table.children and _box(table.children[-1]).tag == "tbody":
            self._open.append(_box(table.children[-1]))
        else:
            self.open("tbody")

    def _attach(self, block: Box | Leaf) -> None:
        """Add a block where one may stand: before a table that it was put into, in an item of a list."""
        home = len(self._open) - 1
        while self._open[home].tag in _TABLE:
            home -= 1
        if home < len(self._open) - 1:
            self._open[home].children.insert(-1, block)
            return
        if self._open[-1].tag in LISTS:
            self._last_item().children.append(block)
        else:
            self._open[-1].children.append(block)

    def _last_item(self) -> Box:
        items = self._open[-1].children
        if not items:
            items.append(Box("li"))
        return _box(items[-1])


def _is_list(block: Box | Leaf) -> bool:
    return isinstance(block, Box) and block.tag in LISTS


def _box(block: Box | Leaf) -> Box:
    if not isinstance(block, Box):
        raise TypeError(block)
    return block
