"""Effect of a run's formatting on its text, from its own properties and all styles around it."""

from typing import Any, NamedTuple

from intake.documents import visibility
from intake.documents.docx import properties, styles
from intake.documents.docx.properties import Properties
from intake.documents.docx.styles import ParagraphStyle, WordStyles
from intake.documents.inline import Wraps

_ELEMENTS = ("b", "i", "u", "s")
"""Properties that are elements of HTML by the same name."""


class RunLook(NamedTuple):
    """Effect of a run's formatting: hidden or not, elements around its text, and its font.

    `is_latin` is true if the font applies to Latin letters too, not only to symbols.
    """

    hidden: bool
    wraps: Wraps
    font: str
    is_latin: bool


class RunLooks:
    """Cache of the effects of run formatting in one paragraph. `table` has the run properties of the table's style."""

    def __init__(self, known: WordStyles, style: ParagraphStyle, table: Properties) -> None:
        # Headings and header rows are bold because of their styles. The author did not mean that as emphasis.
        own = style.run if style.level is None else _without_emphasis(style.run)
        self.background: str | None = None
        self._styles = known
        self._levels = [_without_emphasis(table), own]
        self._looks: dict[Any, RunLook] = {}

    def of(self, element: Any) -> RunLook:
        """Look of a run with the properties `element` (`w:rPr` or None)."""
        direct = properties.read(element)
        key = tuple(direct.items())
        if key not in self._looks:
            levels = [*self._levels, self._styles.run(direct.get("char_style", ""))]
            self._looks[key] = self._look(styles.merged(self._styles.defaults, levels, direct))
        return self._looks[key]

    def _look(self, found: Properties) -> RunLook:
        wraps = [name for name in _ELEMENTS if found.get(name)]
        if found.get("align"):
            wraps.append(found["align"])
        background = found.get("highlight") or found.get("background") or self.background
        # Text of automatic colour stays black on a highlight, even where the highlight is dark.
        color = found.get("color") or ("000000" if found.get("highlight") else None)
        if span := visibility.style(color, background, found.get("points")):
            wraps.append(span)
        return RunLook(
            bool(found.get("hidden") or found.get("always_hidden")),
            tuple(wraps),
            found.get("font", ""),
            bool(found.get("latin_font")),
        )


def _without_emphasis(found: Properties) -> Properties:
    return {name: value for name, value in found.items() if name not in _ELEMENTS}
