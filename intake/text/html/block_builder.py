"""Assemble blocks while an HTML tree is read.

List items are placed in lists, cells in rows, and text in paragraphs, even if the tree has them elsewhere.
"""

from collections import Counter

from intake.text.html.blocks import BREAK, CELLS, LISTS, Box, Leaf, Run
from intake.text.html.elements.numbering import LeveledItem, Numbering
from intake.text.html.notes import BACK

_TABLE = ("table", "thead", "tbody", "tr")
_SECTIONS = ("thead", "tbody")
_ROWS_AND_CELLS = ("tr", *_SECTIONS, *CELLS)
# No space is needed before these characters.
_CLOSING = frozenset(".,;:!?)]}…»”’、。，）」』")


class BlockBuilder:
    """Blocks read so far, the stack of open boxes (lists, tables …), and the leaf that receives text."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.root = Box("body")
        self._open = [self.root]
        self._leaf: Leaf | None = None
        # Text to write before the next text, such as an opening quotation mark or a check box.
        self._lead: list[Run] = []
        self._gap = ""
        self._closed: Leaf | None = None
        self._numbering = Numbering()

    def depth(self) -> int:
        """Number of open boxes, to be passed to `close_to`."""
        return len(self._open)

    def inside(self, *tags: str) -> bool:
        """Return whether a box with one of these tags is open."""
        return any(box.tag in tags for box in self._open)

    def write(self, run: Run, tag: str, direction: str = "") -> None:
        """Append text to the open leaf. If no leaf is open, open one with `tag`, unless the text is blank."""
        if self._leaf is None:
            if not run.text.strip(" \t\n"):
                # In preformatted text, spaces may be the indent of the first line.
                run.text = run.text.rpartition("\n")[2] if tag == "pre" else ""
            if not run.text:
                return
            self.begin(tag, direction)
        if self._lead or self._gap:
            self._write_lead(run)
        if self._leaf is not None:
            self._leaf.runs.append(run)

    def lead(self, run: Run) -> None:
        """Remember a run, such as an opening quotation mark, to write it before the next text.

        It is then written in the paragraph of that text. The text may be in a paragraph that is not open yet.
        """
        self._lead.append(run)

    def cancel_lead(self, run: Run) -> bool:
        """Drop a run passed to `lead`. Returns False if it was written, because text followed."""
        if self._lead and self._lead[-1] is run:
            del self._lead[-1]
            return True
        return False

    def trail(self, run: Run) -> None:
        """Append a run, such as a closing quotation mark, to the text before, also if its paragraph is closed."""
        if self._leaf is not None:
            self.write(run, self._leaf.tag)
        elif self._closed is not None and not self._closed.is_blank:
            self._closed.runs.append(run)
            self._closed.normalize(self.removed)

    def part(self, *, firmly: bool = False) -> None:
        """Request a space between the text so far and the next text.

        Unless `firmly` is set, the space is only written between letters or digits.
        """
        if self._leaf is not None:
            self._gap = "firm" if firmly else self._gap or "soft"

    def at_line_start(self) -> bool:
        """Return whether the next text begins a line."""
        return self._leaf is None or not self._leaf.runs or self._leaf.runs[-1].text.endswith((BREAK, "\n"))

    def end_line(self) -> None:
        """Begin a new line of preformatted text."""
        if self._leaf is not None and not self.at_line_start():
            self._leaf.runs.append(Run("\n", frozenset(), None))

    def begin(self, tag: str, direction: str = "") -> None:
        """Open a new leaf at the nearest place where HTML allows it."""
        self.end()
        self._leaf = Leaf(tag, direction=direction)
        self._attach(self._leaf)

    def end(self) -> None:
        """Close the open leaf, if any, and normalize its text."""
        if self._leaf is not None:
            if self._lead:
                self._leaf.runs += self._lead
                self._lead = []
            self._leaf.normalize(self.removed)
            self._closed = self._leaf
        self._leaf, self._gap = None, ""

    def open(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        """Open a box, and the boxes that HTML requires around it, such as a row around a cell.

        Cells and rows outside a table are ignored.
        """
        self.end()
        if tag in _ROWS_AND_CELLS and not self._make_room(tag):
            return
        if tag == "li" and self._open[-1].tag not in LISTS:
            if not self.resume():
                self.open("ul")
        elif tag != "li" and self._open[-1].tag in LISTS:
            self._open.append(self._last_item())
        box = Box(tag, attributes or {})
        if tag == "li" or tag in _ROWS_AND_CELLS:
            self._open[-1].children.append(box)
        else:
            self._attach(box)
        self._open.append(box)

    def close_to(self, depth: int) -> None:
        """Close the open leaf, and boxes until only `depth` of them are open."""
        self.end()
        if self._lead and len(self._open) > depth:
            self.begin("p")
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

    def place(self, name: str) -> None:
        """Add a placement of a photo behind the top-level block that is open. `name` is its `id` attribute."""
        self.end()
        self.root.children.append(Box("figure", {"id": name}))

    def list_item(self, item: LeveledItem) -> None:
        """Open a list item known only by its level (Word's paragraphs, Word Online's one-item lists).

        The item continues the preceding list, or is nested in that list's last item, unless its number says
        that it begins another list.
        """
        self.end()
        for _ in range(item.level - 1):
            if not (children := self._open[-1].children) or not _is_list(children[-1]):
                break
            self._open.append(_box(children[-1]))
            if not self._open[-1].children:
                break
            self._open.append(_box(self._open[-1].children[-1]))
        children = self._open[-1].children
        last = _box(children[-1]) if children and _is_list(children[-1]) else None
        if last is not None and last.tag == item.tag and self._numbering.continues(last, item):
            self._open.append(last)
        else:
            self.open(item.tag, self._numbering.begin(item) | item.direction)
        self.open("li", self._numbering.add(self._open[-1], item) | item.direction)

    def resume(self) -> bool:
        """Reopen the list just before this position. Returns False if the block before is not a list."""
        self.end()
        children = self._open[-1].children
        if not children or not _is_list(children[-1]):
            return False
        self._open.append(_box(children[-1]))
        return True

    def finish(self) -> Box:
        """Close everything, and return the box that contains all blocks."""
        self.close_to(1)
        if self._lead:
            self.begin("p")
            self.end()
        self.root.prune()
        return self.root

    def _write_lead(self, run: Run) -> None:
        """Write the requested space (see `part`) and the remembered runs (see `lead`) before `run`."""
        if self._leaf is None:
            return
        before = self._leaf.runs[-1].text[-1:] if self._leaf.runs else ""
        first = self._lead[0].text[:1] if self._lead else run.text[:1]
        if before and _is_needed(self._gap, before, first):
            self._leaf.runs.append(Run(" ", frozenset(), None))
        if self._lead and self._lead[-1].text.endswith(" "):
            run.text = run.text.lstrip(" \t\n")
        if run.text:
            self._leaf.runs += self._lead
            self._lead = []
        self._gap = self._gap if not run.text else ""

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


def _is_needed(gap: str, before: str, after: str) -> bool:
    """Return whether a space is needed in a gap between two characters."""
    if gap == "soft":
        return before.isalnum() and after.isalnum()
    return gap == "firm" and not before.isspace() and not after.isspace() and after not in _CLOSING


def _is_list(block: Box | Leaf) -> bool:
    return isinstance(block, Box) and block.tag in LISTS


def _box(block: Box | Leaf) -> Box:
    if not isinstance(block, Box):
        raise TypeError(block)
    return block
