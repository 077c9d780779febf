"""Write the blocks of one container (a body, cell, note or text box) as HTML, with nested lists."""

from dataclasses import dataclass
from typing import NamedTuple

MAX_LEVELS = 9
"""Maximum nesting of lists. Word has nine levels, OpenDocument ten."""


class Marker(NamedTuple):
    """Place of a list item: its level from 0, `ul` or `ol`, and the numbering.

    `kind` is the `type` of the list (1, a, A, i, I) or empty.
    """

    level: int
    tag: str
    kind: str = ""
    number: int = 1


@dataclass(slots=True)
class _OpenList:
    marker: Marker
    number: int


class BlockWriter:
    """Blocks in reading order, as pieces of HTML."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._lists: list[_OpenList] = []
        self._quoting = False

    def paragraph(self, html: str, tag: str = "p", *, rtl: bool = False, is_quote: bool = False) -> None:
        """Append a paragraph or heading. Neighbouring quoted paragraphs share one `<blockquote>`."""
        self._close_lists(0)
        if is_quote != self._quoting:
            self._out.append("<blockquote>" if is_quote else "</blockquote>")
            self._quoting = is_quote
        self._out.append(f"<{tag}{_direction(rtl)}>{html}</{tag}>")

    def item(self, marker: Marker, html: str, *, rtl: bool = False) -> None:
        """Append a list item. It continues the open list, or begins one."""
        self._end_quote()
        marker = marker._replace(level=min(marker.level, MAX_LEVELS - 1))
        while self._lists and self._lists[-1].marker.level > marker.level:
            self._close_lists(len(self._lists) - 1)
        if self._lists and self._lists[-1].marker.level == marker.level:
            if self._continues(marker):
                self._out.append("</li>")
                self._lists[-1].number = marker.number
            else:
                self._close_lists(len(self._lists) - 1)
                self._open_list(marker)
        else:
            self._open_list(marker)
        self._out.append(f"<li{_direction(rtl)}>{html}")

    def inside(self, html: str, *, rtl: bool = False) -> None:
        """Append a further paragraph to the open list item, or a plain paragraph if no list is open."""
        if self._lists:
            self._out.append(f"<p{_direction(rtl)}>{html}</p>")
        else:
            self.paragraph(html, rtl=rtl)

    def block(self, html: str) -> None:
        """Append HTML of a block of its own, such as a table."""
        self._close_lists(0)
        self._end_quote()
        self._out.append(html)

    def html(self) -> str:
        """All blocks as HTML. Closes the open lists."""
        self._close_lists(0)
        self._end_quote()
        return "".join(self._out)

    def _continues(self, marker: Marker) -> bool:
        """Return whether an item belongs to the open list of its level."""
        opened = self._lists[-1]
        if opened.marker.tag != marker.tag:
            return False
        if marker.tag == "ul":
            return True
        return opened.marker.kind == marker.kind and marker.number == opened.number + 1

    def _open_list(self, marker: Marker) -> None:
        kind = f' type="{marker.kind}"' if marker.kind not in ("", "1") else ""
        start = f' start="{marker.number}"' if marker.tag == "ol" and marker.number != 1 else ""
        self._out.append(f"<{marker.tag}{kind}{start}>")
        self._lists.append(_OpenList(marker, marker.number))

    def _close_lists(self, depth: int) -> None:
        while len(self._lists) > depth:
            self._out.append(f"</li></{self._lists.pop().marker.tag}>")

    def _end_quote(self) -> None:
        if self._quoting:
            self._out.append("</blockquote>")
            self._quoting = False


def _direction(rtl: bool) -> str:
    return ' dir="rtl"' if rtl else ""
