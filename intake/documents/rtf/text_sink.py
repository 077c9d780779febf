"""Decode the text of an RTF file, drop invisible text, and pass the rest to the target of the current state."""

from collections import Counter

from intake.documents.refusal import DocumentRefused
from intake.documents.rtf.flow import Shape, Wraps
from intake.documents.rtf.header import Header
from intake.documents.rtf.state import State
from intake.documents.rtf.unicode_units import Units
from intake.text.html import guard

TABLES = frozenset({"fonttbl", "colortbl", "stylesheet"})
"""Targets that are tables of the header."""
MAX_CHARS = guard.MAX_CHARS
"""Maximum number of characters of the HTML with its tags. The text cleaner accepts no more."""
OVERHEAD = 16
"""Characters that a paragraph, cell or note counts in addition to its text."""
_AROUND = 6
"""Characters that a pair of tags adds to its names, such as the angle brackets."""
_INVISIBLE_SIZE = 4
"""Font size in half-points up to which a text is too small to be read."""


class TextSink:
    """Decoder of the bytes and characters of a file, in order. `removed` counts dropped passages by kind."""

    def __init__(self) -> None:
        self.header = Header()
        self.removed: Counter[str] = Counter()
        self.row_is_shaded = False
        self._bytes = bytearray()
        self._units = Units()
        self._dropped = ""
        self._left = MAX_CHARS
        self._wraps: Wraps = ()

    def add_bytes(self, value: bytes, state: State) -> None:
        """Add bytes in the encoding of the font. A letter may end in the next call."""
        self._put_units(state)
        self._bytes += value

    def add_unit(self, number: int, state: State) -> None:
        r"""Add the number behind `\u`."""
        self._put_bytes(state)
        self._units.add(number)

    def flush(self, state: State) -> None:
        """Decode all added bytes and units, and `put` the text. Must be called before the state changes."""
        self._put_bytes(state)
        self._put_units(state)

    def _put_bytes(self, state: State) -> None:
        if self._bytes:
            codec = self.header.codec(state.complex_font if state.is_complex else state.font)
            value = bytes(self._bytes)
            self._bytes.clear()
            self.put(value.decode("ascii" if value.isascii() else codec, "replace"), state)

    def _put_units(self, state: State) -> None:
        if text := self._units.take():
            self.put(text, state)

    def put(self, text: str, state: State) -> None:
        """Send text to the target of its state."""
        match state.target:
            case "text":
                self._write(text, state)
            case "marker":
                state.flow.marker.append(text[:20])
            case "code" if state.field:
                state.field.add(text)
            case target if target in TABLES:
                self.header.text(target, text)

    def _write(self, text: str, state: State) -> None:
        if kind := self.unseen(state):
            if text.strip():
                self.drop(kind)
            return
        if text.strip():
            self._dropped = ""
        if not state.is_private:
            wraps = _wraps(state)
            # Adjacent runs of equal formatting share one pair of tags, so it is counted once.
            tags = 0 if wraps == self._wraps else sum(len(tag) + _AROUND for tag in wraps)
            self.spend(len(text) + tags)
            self._wraps = wraps
            state.flow.text(text, wraps)

    def spend(self, count: int) -> None:
        """Subtract characters from what the result may still have. Raises DocumentRefused (too_long) beyond the limit."""
        self._left -= count
        if self._left < 0:
            raise DocumentRefused("too_long", "RTF")

    def drop(self, kind: str) -> None:
        """Count a passage that is left out. Consecutive runs of the same kind count once."""
        if kind != self._dropped:
            self.removed[kind] += 1
        self._dropped = kind

    def unseen(self, state: State) -> str:
        """Kind of removal for text in a state: deletion or hidden. Empty if the text is visible."""
        if state.deleted:
            return "deletion"
        if state.hidden or state.hidden_style or 0 < state.half_points <= _INVISIBLE_SIZE:
            return "hidden"
        if not state.color or (state.in_table and self.row_is_shaded):
            return ""
        background = state.background or state.shading
        return "hidden" if self.header.is_unreadable(state.color, background) else ""

    def shape(self, state: State) -> Shape:
        """Kind of the paragraph that ends in a state."""
        level = state.level if state.level < 9 else self.header.style("s", state.style).level
        return Shape(
            heading=level + 1 if level < 9 else 0,
            list_number=state.list_number,
            list_level=state.list_level,
            right_to_left=state.right_to_left,
            in_table=state.in_table,
        )


def _wraps(state: State) -> Wraps:
    if state.href is None:
        return state.marks()
    shown = state.href.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return (f'a href="{shown}"', *state.marks())
