"""Formulas in an OpenDocument text, which are objects with a part of their own (MathML)."""

import posixpath
from typing import Any

from intake.documents import tree
from intake.documents.inline import escape
from intake.documents.odt.names import MATH, XLINK
from intake.documents.package import Package
from intake.documents.refusal import DocumentRefused

_TOKENS = frozenset({f"{MATH}{name}" for name in ("mi", "mn", "mo", "mtext", "ms")})


MAX_TAGS = 200_000
"""Maximum number of tags in the parts of all formulas. A formula of one line has about a hundred."""


class OdtFormulas:
    """Formulas of one OpenDocument text. A part is read once, however often it is shown."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[str, str] = {}
        self._left = MAX_TAGS

    def write(self, element: Any) -> str:
        """Text of a formula as HTML. Empty if the object is something else, or damaged."""
        math = element.find(f"{MATH}math")
        if math is not None:
            return _written(math)
        target = posixpath.normpath(element.get(f"{XLINK}href") or "").lstrip("./")
        if target not in self._known:
            self._known[target] = self._read(f"{target}/content.xml")
        return self._known[target]

    def _read(self, name: str) -> str:
        try:
            data = self._package.read(name)
            if data is None:
                return ""
            self._spend(data.count(b"<"))
            math = tree.parse(data)
        except DocumentRefused as refusal:
            if refusal.reason == "too_big":
                raise
            return ""
        return _written(math) if math.tag == f"{MATH}math" else ""

    def _spend(self, tags: int) -> None:
        self._left -= tags
        if self._left < 0:
            raise DocumentRefused("too_big", "formulas")


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
