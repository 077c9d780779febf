"""Formulas in an OpenDocument text, which are objects with a part of their own (MathML)."""

import posixpath
from typing import Any

from intake.documents import tree
from intake.documents.inline import escape
from intake.documents.odt.names import MATH, XLINK
from intake.documents.package import Package
from intake.documents.refusal import DocumentRefused

_TOKENS = frozenset({f"{MATH}{name}" for name in ("mi", "mn", "mo", "mtext", "ms")})


def write(package: Package, element: Any) -> str:
    """Text of a formula as HTML. Empty if the object is something else, or damaged."""
    math = element.find(f"{MATH}math")
    if math is None:
        target = posixpath.normpath(element.get(f"{XLINK}href") or "").lstrip("./")
        try:
            data = package.read(f"{target}/content.xml")
            math = None if data is None else tree.parse(data)
        except DocumentRefused as refusal:
            if refusal.reason == "too_big":
                raise
            return ""
    if math is None or math.tag != f"{MATH}math":
        return ""
    return _written(math)


def _written(element: Any) -> str:
    """An element of MathML as one line. Annotations, which repeat it as code, are left out."""
    name = element.tag.removeprefix(MATH)
    if element.tag in _TOKENS:
        return escape((element.text or "").strip())
    if not element.tag.startswith(MATH) or name.startswith("annotation"):
        return ""
    parts = [_written(child) for child in element]
    if name == "mfrac" and len(parts) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    if name in ("msup", "msub") and len(parts) == 2:
        return f"{parts[0]}<{name[1:]}>{parts[1]}</{name[1:]}>"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    return "".join(parts)
