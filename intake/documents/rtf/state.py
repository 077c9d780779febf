"""Formatting and destination of a place in an RTF file. Groups keep a state until they end."""

from operator import attrgetter
from typing import NamedTuple, Self

from intake.documents.rtf.fields import RtfField
from intake.documents.rtf.flow import Flow


class State(NamedTuple):
    """State of the reader. Immutable, so that a group costs nothing but a reference to the state around it.

    `target` names what happens to text: "text", "skip", "code" (of a field), "marker" (of a list item), "picture",
    or the name of a table in the header.
    """

    flow: Flow
    target: str = "text"
    outer: str = "text"
    r"Target around a group `\upr`, which holds the same text in the code page and in Unicode."
    field: RtfField | None = None
    href: str | None = None
    is_private: bool = False
    "Inside the result of a field that names the author or the file."
    skipped: int = 1
    r"Number of fallback characters behind `\u`."
    # Character formatting. Names with "complex" apply to right-to-left and complex scripts.
    font: int = -1
    complex_font: int = -1
    is_complex: bool = False
    bold: bool = False
    complex_bold: bool = False
    italic: bool = False
    complex_italic: bool = False
    underline: bool = False
    strike: bool = False
    script: str = ""
    hidden: bool = False
    hidden_style: bool = False
    deleted: bool = False
    color: int = 0
    background: int = 0
    half_points: int = 24
    # Paragraph formatting.
    style: int = 0
    level: int = 9
    right_to_left: bool = False
    in_table: bool = False
    list_number: int = 0
    list_level: int = 0
    shading: int = 0

    def plain(self) -> Self:
        r"""State after `\plain`: no character formatting."""
        return self if _character(self) == _PLAIN_VALUES else self._replace(**_PLAIN)

    def paragraph(self) -> Self:
        r"""State after `\pard`: no paragraph formatting."""
        return self if _paragraph(self) == _PARAGRAPH_VALUES else self._replace(**_PARAGRAPH)

    def marks(self) -> tuple[str, ...]:
        """Formatting elements around the text, outermost first."""
        bold, italic = (
            (self.complex_bold, self.complex_italic) if self.is_complex else (self.bold, self.italic)
        )
        found = ("b", bold), ("i", italic), ("u", self.underline), ("s", self.strike)
        return tuple(tag for tag, on in found if on) + ((self.script,) if self.script else ())


_CHARACTER = (
    "font", "complex_font", "is_complex", "bold", "complex_bold", "italic", "complex_italic", "underline", "strike",
    "script", "hidden", "hidden_style", "deleted", "color", "background", "half_points",
)  # fmt: skip
_PLAIN = {name: State._field_defaults[name] for name in _CHARACTER}
_BLOCK = ("style", "level", "right_to_left", "in_table", "list_number", "list_level", "shading")
_PARAGRAPH = {name: State._field_defaults[name] for name in _BLOCK}
_character, _paragraph = attrgetter(*_CHARACTER), attrgetter(*_BLOCK)
_PLAIN_VALUES, _PARAGRAPH_VALUES = tuple(_PLAIN.values()), tuple(_PARAGRAPH.values())
