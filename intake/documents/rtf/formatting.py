"""Control words that change the formatting of an RTF file (RTF 1.9.1, character and paragraph properties)."""

from collections.abc import Callable
from typing import Any

from intake.documents.rtf.state import State

Change = Callable[[State, int | None], State]


def _switch(name: str) -> Change:
    r"""Return the change for a toggle such as `\b`: the word switches the property on, with 0 it switches it off."""

    def change(state: State, number: int | None) -> State:
        return _changed(state, name, number != 0)

    return change


def _number(name: str) -> Change:
    return lambda state, number: _changed(state, name, number or 0)


def _fixed(name: str, value: str | bool) -> Change:
    return lambda state, _number: _changed(state, name, value)


def _changed(state: State, name: str, value: Any) -> State:
    # Most words set a value that is already set, and a new state costs ten times as much as a comparison.
    return state if getattr(state, name) == value else state._replace(**{name: value})


_UNDERLINES = (
    "ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulhwave", "ulldash", "ulth", "ulthd", "ulthdash",
    "ulthdashd", "ulthdashdd", "ulthldash", "ululdbwave", "ulw", "ulwave",
)  # fmt: skip

CHANGES: dict[str, Change] = {
    "plain": lambda state, _number: state.plain(),
    "pard": lambda state, _number: state.paragraph(),
    "b": _switch("bold"),
    "ab": _switch("complex_bold"),
    "i": _switch("italic"),
    "ai": _switch("complex_italic"),
    "strike": _switch("strike"),
    "striked": _switch("strike"),
    "v": _switch("hidden"),
    "deleted": _switch("deleted"),
    "mvf": _switch("deleted"),
    "super": _fixed("script", "sup"),
    "sub": _fixed("script", "sub"),
    "nosupersub": _fixed("script", ""),
    "ulnone": _fixed("underline", False),
    "rtlch": _fixed("is_complex", True),
    "ltrch": _fixed("is_complex", False),
    "f": _number("font"),
    "af": _number("complex_font"),
    "fs": _number("half_points"),
    "cf": _number("color"),
    "cb": _number("background"),
    "highlight": _number("background"),
    "chcbpat": _number("background"),
    "cbpat": _number("shading"),
    "s": _number("style"),
    "outlinelevel": lambda state, number: state._replace(level=min(abs(number or 0), 9)),
    "rtlpar": _fixed("right_to_left", True),
    "ltrpar": _fixed("right_to_left", False),
    "intbl": _fixed("in_table", True),
    "ls": _number("list_number"),
    "ilvl": lambda state, number: state._replace(list_level=min(abs(number or 0), 8)),
    "uc": lambda state, number: state._replace(skipped=min(max(number or 0, 0), 16)),
    **dict.fromkeys(_UNDERLINES, _switch("underline")),
}
"""Control word → function that returns the state after it."""
