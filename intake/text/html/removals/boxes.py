"""Boxes that a browser does not show: taken away, moved off the screen, cut off, or without any size."""

import re
from typing import Any

from intake.text.html.removals import lengths

FAR_PX = 500.0
"""Distance to the left or the top from which words are off the screen. Indents of lists are smaller."""
FARTHEST_PX = 5000.0
"""Distance to the right or the bottom from which words count as hidden, because no reader scrolls so far."""

BY_ATTRIBUTES = frozenset({"input", "dialog"})
"""Elements hidden by an attribute or its absence: `<input type=hidden>`, `<dialog>` without `open`."""

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "o:p",
    }
)  # fmt: skip
_MOVED = frozenset({"absolute", "fixed", "relative", "sticky"})
_OUT_OF_FLOW = frozenset({"absolute", "fixed"})
_CUT = frozenset({"hidden", "clip", "scroll", "auto"})
_FUNCTION = re.compile(r"([a-z0-9]{1,20})\(([^()]{0,200})\)")
_SEPARATOR = re.compile(r"[\s,]+")
_TIGHT_EM = -0.8
"""Letter spacing, in em, at which letters lie on top of each other."""
_SMALLEST_ZOOM = 0.05
_EDGE_ON = frozenset({"90deg", "-90deg", "270deg", "-270deg", "0.25turn", ".25turn", "100grad"})
_TURNED = frozenset({"180deg", "-180deg", "0.5turn", ".5turn"})
_LINE = 6
"""Fewest coordinates of a path that encloses an area."""
_NUMBERS = re.compile(r"[\d.]+")
# A gradient whose steps are all transparent. An angle or a side may come first.
_CLEAR_STEP = r"transparent(?:\s[^(),]{0,20}+)?"
_CLEAR_MASK = re.compile(
    rf"[a-z-]{{1,40}}gradient\((?:(?:to|at|from|circle|ellipse|[-\d.])[^(),]{{0,60}},\s*)?{_CLEAR_STEP}(?:,\s*{_CLEAR_STEP})*\).{{0,200}}"
)
_SCREEN = {"left": 1280.0, "right": 1280.0, "top": 720.0, "bottom": 720.0}


def is_hidden(element: Any, values: dict[str, str], em: float) -> bool:
    """Return whether an element and all in it cannot be seen. `em` is the size of its letters in pixels."""
    if _is_taken_away(element, values):
        return True
    if not values:
        return False
    return (
        _is_moved_away(element, values, em)
        or _is_transformed_away(values, em)
        or _is_clipped(values, em)
        or _has_no_size(element, values, em)
        or _is_blurred(values, em)
    )


def _is_taken_away(element: Any, values: dict[str, str]) -> bool:
    shown = values.get("display")
    if shown == "none" or values.get("mso-hide") == "all" or values.get("content-visibility") == "hidden":
        return True
    hidden = element.get("hidden")
    if hidden is not None:
        # If the author sets `display`, the element is shown despite `hidden`, except in the newer state `until-found`.
        return shown is None or hidden.lower() == "until-found"
    if element.tag == "input":
        return (element.get("type") or "").strip().lower() == "hidden"
    is_closed = element.tag == "dialog" and element.get("open") is None
    return shown is None and (is_closed or element.get("popover") is not None)


def _is_inline(element: Any, values: dict[str, str]) -> bool:
    """Return whether sizes have no effect on an element, because it is part of a line."""
    if values.get("position") in _OUT_OF_FLOW or values.get("float", "none") != "none":
        return False
    display = values.get("display")
    return element.tag in _INLINE if display is None else display in ("inline", "contents")


def _is_moved_away(element: Any, values: dict[str, str], em: float) -> bool:
    if "text-indent" in values and not _is_inline(element, values):
        distance = lengths.pixels(values["text-indent"].split(" ")[0], em, _SCREEN["left"])
        is_out = distance is not None and distance >= _SCREEN["left"] and _is_cut(values)
        if is_out or (distance is not None and distance <= -FAR_PX):
            return True
    for name in ("margin-left", "margin-top", "margin-right"):
        distance = lengths.pixels(values[name], em, _SCREEN["left"]) if name in values else None
        if distance is not None and distance <= -FAR_PX and (name != "margin-right" or "position" in values):
            return True
    if values.get("position") not in _MOVED:
        return False
    return any(name in values and _is_far(name, values[name], em) for name in _SCREEN)


def _is_far(side: str, value: str, em: float) -> bool:
    distance = lengths.pixels(value, em, _SCREEN[side])
    if distance is None:
        return False
    if side in ("left", "top"):
        return distance <= -FAR_PX or distance >= FARTHEST_PX
    return distance >= FARTHEST_PX or distance <= -FAR_PX


def _is_transformed_away(values: dict[str, str], em: float) -> bool:
    for name in ("translate", "scale"):
        if name in values and _is_away(name, _SEPARATOR.split(values[name].strip()), em):
            return True
    transform = values.get("transform", "none")
    has_no_back = values.get("backface-visibility") == "hidden"
    return transform != "none" and any(
        _is_away(found[1], _SEPARATOR.split(found[2].strip()), em)
        or (has_no_back and found[1] in ("rotatex", "rotatey") and found[2].strip() in _TURNED)
        for found in _FUNCTION.finditer(transform)
    )


def _is_away(name: str, parts: list[str], em: float) -> bool:
    if name.startswith("translate"):
        return any(
            (found := lengths.pixels(part, em, 100)) is not None and abs(found) >= FAR_PX * 2
            for part in parts
        )
    if name.startswith("scale"):
        numbers = [_number(part) for part in parts]
        return any(number is not None and abs(number) <= 0.01 for number in numbers[:2])
    if name == "matrix3d" and len(parts) == 16:
        name, parts = "matrix", [parts[place] for place in (0, 1, 4, 5, 12, 13)]
    if name == "matrix" and len(parts) == 6:
        a, b, c, d, x, y = (_number(part) or 0.0 for part in parts)
        return abs(a * d - b * c) < 0.0001 or max(abs(x), abs(y)) >= FAR_PX * 2
    return name in ("rotatex", "rotatey", "skew", "skewx", "skewy") and not _EDGE_ON.isdisjoint(parts)


def _number(text: str) -> float | None:
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def _is_clipped(values: dict[str, str], em: float) -> bool:
    if values.get("position") in _OUT_OF_FLOW and (found := _FUNCTION.fullmatch(values.get("clip", ""))):
        sides = [lengths.pixels(part, em) for part in _SEPARATOR.split(found[2].strip())]
        if len(sides) == 4 and None not in sides:
            top, right, bottom, left = (side or 0.0 for side in sides)
            return right - left <= 1 or bottom - top <= 1
    shape = _FUNCTION.match(values.get("clip-path", ""))
    return shape is not None and _is_empty_shape(shape[1], shape[2].strip(), em)


def _is_empty_shape(name: str, inner: str, em: float) -> bool:
    parts = _SEPARATOR.split(inner.partition("round")[0].strip())
    if name == "inset":
        shares = [lengths.pixels(part, em, 100) or 0.0 for part in parts if part]
        if not shares or any(part and not part.endswith("%") and part.strip("0.") for part in parts):
            return False
        top, right, bottom, left = (shares[place] for place in _places(len(shares)))
        return top + bottom >= 100 or left + right >= 100
    if name in ("circle", "ellipse"):
        return lengths.pixels(parts[0], em, 100) == 0
    if name == "polygon":
        points = {" ".join(point.split()) for point in inner.split(",")}
        return len(points) < 3
    if name == "xywh":
        return any(lengths.pixels(part, em, 100) == 0 for part in parts[2:4])
    if name == "path":
        return len(_NUMBERS.findall(inner)) < _LINE
    return name == "rect" and inner in ("0 0 0 0", "0px 0px 0px 0px")


def _places(count: int) -> tuple[int, int, int, int]:
    return {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1)}.get(count, (0, 1, 2, 3))


def _has_no_size(element: Any, values: dict[str, str], em: float) -> bool:
    if not _is_cut(values) or _is_inline(element, values):
        return False
    for name in ("height", "max-height", "width", "max-width"):
        size = lengths.pixels(values[name], em, 100) if name in values else None
        if size is not None and 0 <= size <= 1:
            return True
    return False


def _is_cut(values: dict[str, str]) -> bool:
    return values.get("overflow", "visible").split(" ")[0] in _CUT


def _is_blurred(values: dict[str, str], em: float) -> bool:
    """Return whether the letters lie on top of each other, are too small, or are masked."""
    spacing = lengths.pixels(values["letter-spacing"], em) if "letter-spacing" in values else None
    if spacing is not None and em and spacing <= _TIGHT_EM * em:
        return True
    zoom = _number(values.get("zoom", "1"))
    # Browsers ignore a zoom of 0.
    if zoom is not None and 0 < zoom <= _SMALLEST_ZOOM:
        return True
    return _CLEAR_MASK.fullmatch(values.get("mask", "")) is not None
