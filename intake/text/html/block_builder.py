"""Assemble blocks while an HTML tree is read.

List items are placed in lists, cells in rows, and text in paragraphs, even if the tree has them elsewhere.
"""

from collections import Counter

from intake.text.html.blocks import CELLS, LISTS, Box, Leaf, Run
from intake.text.html.notes import BACK

_TABLE = ("table", "thead", "tbody", "tr")
_SECTIONS = ("thead", "tbody")


class BlockBuilder:
    """Blocks read so far, the stack of open boxes (lists, tables …), and the leaf that receives text."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.root = Box("body")
        self._open = [self.root]
        self._leaf: Leaf | None = None

    def depth(self) -> int:
        """Number of open boxes, to be passed to `close_to`."""
        return len(self._open)

    def inside(self, *tags: str) -> bool:
        """Return whether a box with one of these tags is open."""
        return any(box.tag in tags for box in self._open)

    def write(self, run: Run, tag: str) -> None:
        """Append text to the open leaf. If no leaf is open, open one with `tag`, unless the text is blank."""
        if self._leaf is None:
            if not run.text.strip(" \t\n"):
                return
            self.begin(tag)
        if self._leaf is not None:
            self._leaf.runs.append(run)

    def begin(self, tag: str) -> None:
        """Open a new leaf at the nearest place where HTML allows it."""
        self.end()
        self._leaf = Leaf(tag)
        self._attach(self._leaf)

    def end(self) -> None:
        """Close the open leaf, if any, and normalize its text."""
        if self._leaf is not None:
            self._leaf.normalize(self.removed)
        self._leaf = None

    def open(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        """Open a box, and the boxes that HTML requires around it, such as a row around a cell.

        Cells and rows outside a table are ignored.
        """
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
        """Close the open leaf, and boxes until only `depth` of them are open."""
        self.end()
        del self._open[max(depth, 1) :]

    def lead_back(self, number: int) -> None:
        """Append the link back to the footnote mark to the open list item, which is a footnote."""
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
        """Add a thematic break (`<hr>`)."""
        self.end()
        self._attach(Box("hr"))

    def list_item(self, level: int, tag: str, attributes: dict[str, str]) -> None:
        """Open a list item known only by its level (Word's paragraphs, Word Online's one-item lists).

        The item continues the preceding list, or is nested in that list's last item.
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
        """Reopen the list just before this position. Returns False if the block before is not a list."""
        self.end()
        children = self._open[-1].children
        if not children or not _is_list(children[-1]):
            return False
        self._open.append(_box(children[-1]))
        return True

    def _make_room(self, tag: str) -> bool:
        """Close boxes until a row or a cell may be added. Returns False outside a table."""
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
        """Add a block where HTML allows it.

        A block between the cells of a table is moved before the table. A block between the items of a list is
        added to the last item.
        """
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
