"""MathML formulas as text, with indices as subscripts and powers as superscripts."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark"})
_UNSEEN_COLORS = frozenset({"transparent", "white", "#fff", "#ffffff"})
_SCRIPTS = {
    "msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup"),
    "munder": ("", "sub"), "mover": ("", "sup"), "munderover": ("", "sub", "sup"),
}  # fmt: skip
"""MathML element → mark (`sub`, `sup` or none) of each of its children, in order."""
_BEFORE = {"msqrt": "√(", "mroot": "√(", "mfenced": "("}
_AFTER = {"msqrt": ")", "mroot": ")", "mfenced": ")"}


def runs(formula: Any) -> Iterator[tuple[str, str]]:
    """Text of a formula in pieces, each with its mark: `sup`, `sub` or none.

    White space between elements has no meaning in MathML, and is dropped.
    """
    marks: list[str] = [""]
    walker = etree.iterwalk(formula, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN or _is_unseen(element):
                walker.skip_subtree()
                marks.append("")
                continue
            marks.append(_mark(element) or marks[-1])
            if text := _joiner(element) + _BEFORE.get(tag, "") + (element.text or "").strip():
                yield text, marks[-1]
        else:
            mark = marks.pop()
            if tag in _AFTER:
                yield _AFTER[tag], mark
            if element is not formula and (tail := (element.tail or "").strip()):
                yield tail, marks[-1]


def is_copy(element: Any) -> bool:
    """Return whether an element is the visible copy that KaTeX or MathJax puts beside the MathML of a formula."""
    if element.tag not in ("span", "nobr") or element.get("aria-hidden") != "true":
        return False
    return element.tag == "nobr" or "katex-html" in (element.get("class") or "").split()


def _is_unseen(element: Any) -> bool:
    """Return whether an attribute of MathML makes an element invisible."""
    size = (element.get("mathsize") or "").strip()
    return (element.get("mathcolor") or "").strip().lower() in _UNSEEN_COLORS or size.startswith("0")


def _mark(element: Any) -> str:
    parent = element.getparent()
    marks = _SCRIPTS.get(parent.tag, ()) if parent is not None else ()
    if not marks:
        return ""
    place = sum(1 for _ in element.itersiblings(preceding=True))
    return marks[place] if place < len(marks) else ""


def _joiner(element: Any) -> str:
    """Text between an element and the one before: a bar in fractions, a space between cells."""
    before = element.getprevious()
    if before is None:
        return ""
    if element.tag in ("mtd", "mtr", "mtext", "mspace"):
        return " "
    return "/" if element.getparent().tag == "mfrac" else ""
