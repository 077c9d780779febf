"""Equations (OMML) as a line of text: fractions with a slash, powers raised, roots with √."""

from typing import Any

from intake.documents.docx.names import OFF, M, W
from intake.documents.inline import escape

_LONGEST_SIGN = 8
"""Maximum length of a bracket, separator or operator. Limited because a hostile file could have a long one repeated."""
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{M}rPr", f"{M}ctrlPr", f"{M}oMathParaPr"})


def write(element: Any) -> str:
    """An element of an equation and everything in it as HTML."""
    tag = element.tag
    if tag in _SKIPPED:
        return ""
    if tag in (f"{M}t", f"{W}t"):
        return escape(element.text or "")
    if tag in (f"{M}r", f"{W}r") and _is_hidden(element):
        return ""
    if tag in _WRITERS:
        return _WRITERS[tag](element)
    return "".join(write(child) for child in element)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    if any(run.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom")):
        return True
    return vanish is not None and (vanish.get(f"{W}val") or "true").lower() not in OFF


def _part(element: Any, name: str) -> str:
    child = element.find(M + name)
    return "" if child is None else write(child)


def _grouped(html: str) -> str:
    """Numerator or denominator in parentheses, unless it is a single word or number."""
    return html if html.isalnum() or not html else f"({html})"


def _fraction(element: Any) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _scripts(element: Any) -> str:
    sub, sup = _part(element, "sub"), _part(element, "sup")
    lowered = f"<sub>{sub}</sub>" if sub else ""
    raised = f"<sup>{sup}</sup>" if sup else ""
    return f"{_part(element, 'e')}{lowered}{raised}"


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    return f"{f'<sup>{degree}</sup>' if degree else ''}√{_grouped(_part(element, 'e'))}"


def _value(element: Any, name: str, other: str) -> str:
    child = element.find(f"*/{M}{name}")
    return other if child is None else escape((child.get(f"{M}val") or "")[:_LONGEST_SIGN])


def _delimited(element: Any) -> str:
    inner = _value(element, "sepChr", "|").join(write(child) for child in element.iterchildren(f"{M}e"))
    return f"{_value(element, 'begChr', '(')}{inner}{_value(element, 'endChr', ')')}"


def _large_operator(element: Any) -> str:
    sub, sup = _part(element, "sub"), _part(element, "sup")
    limits = f"{f'<sub>{sub}</sub>' if sub else ''}{f'<sup>{sup}</sup>' if sup else ''}"
    return f"{_value(element, 'chr', '∫')}{limits}{_part(element, 'e')}"


def _matrix(element: Any) -> str:
    rows = element.iterchildren(f"{M}mr")
    return "; ".join(" ".join(write(cell) for cell in row) for row in rows)


_WRITERS = {
    f"{M}f": _fraction,
    f"{M}sSup": _scripts,
    f"{M}sSub": _scripts,
    f"{M}sSubSup": _scripts,
    f"{M}sPre": _scripts,
    f"{M}rad": _root,
    f"{M}d": _delimited,
    f"{M}nary": _large_operator,
    f"{M}m": _matrix,
}
