r"""Fields of Word and LibreOffice: only the result of a field is text.

A field is an instruction (` PAGEREF _Toc1 \h `) and a result (`3`). Word writes empty elements at its begin, between
both, and at its end: `mso-element:field-begin`, `-separator`, `-end`. The elements and the instruction usually
stand in a conditional comment, and the result behind it.
The results of fields such as FILENAME and AUTHOR name a person or a folder, so they are removed too.
"""

import re
from collections import Counter
from typing import Any

from intake.text.html.removals import nodes

PRIVATE = frozenset(
    {
        "AUTHOR", "COMMENTS", "DOCPROPERTY", "DOCVARIABLE", "FILENAME", "INFO", "KEYWORDS", "LASTSAVEDBY", "TEMPLATE",
        "USERADDRESS", "USERINITIALS", "USERNAME",
    }
)  # fmt: skip
"""Fields whose results are properties of the document or of its author."""

# LibreOffice's `<sdfield type=…>`.
_PRIVATE_TYPES = frozenset({"AUTHOR", "SENDER", "EXTUSER", "FILENAME", "DOCINFO", "TEMPLNAME", "EDITEDBY"})
_OPENING, _CLOSING = "<!--[if supportfields]>", "<![endif]-->"
_PART = re.compile(r"mso-element:\s*field-(begin|separator|end)")
_KEYWORD = re.compile(r"(?:^|>)[\s\"]*([A-Za-z]+)")
_ELEMENT = '<span style="mso-element:field-{}"></span>'
_LOOSE_NAMES = ("REF", "TOC", "HYPERLINK", "MERGEFORMAT")
_OFFICE = "boolean(//@class[starts-with(., 'Mso')] | //@style[contains(., 'mso-') or contains(., 'MSO-')])"
# Instructions that nobody writes as prose. Some programs keep them as text without Word's elements.
_LOOSE = re.compile(
    r"""(?<!\w)(?:\{[ ]?)?(?:PAGEREF[ ]+_\w+(?:[ ]+\\[a-z])*|TOC(?:[ ]+\\[a-z](?:[ ]+"[^"]*")?)+
    |HYPERLINK(?:[ ]+\\[a-z])*[ ]+"[^"]*"(?:[ ]+\\[a-z](?:[ ]+"[^"]*")?)*
    |(?:NOTE)?REF[ ]+_\w+(?:[ ]+\\[a-z])+|\\\*[ ]+MERGEFORMAT)(?:[ ]?\})?[ ]?""",
    re.VERBOSE,
)


def revealed(source: str) -> str:
    """Take the elements of fields out of Word's conditional comments, which the parser removes.

    Of an instruction, only a keyword from `PRIVATE` is kept, because only the results of these fields are removed.
    """
    lowered = source.lower()
    if _OPENING not in lowered or len(lowered) != len(source):
        return source
    kept: list[str] = []
    end = 0
    while (start := lowered.find(_OPENING, end)) >= 0:
        inside = start + len(_OPENING)
        close = lowered.find(_CLOSING, inside)
        if close < 0:
            break
        kept += [source[end:start], _parts(source[inside:close])]
        end = close + len(_CLOSING)
    return "".join([*kept, source[end:]])


def _parts(comment: str) -> str:
    """Field elements from one conditional comment, as HTML. An instruction ends at the end of the comment at the latest."""
    found: list[str] = []
    marks = list(_PART.finditer(comment.lower()))
    instruction = False
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        found.append(_ELEMENT.format(mark[1]))
        instruction = mark[1] == "begin"
        if instruction:
            text = comment[mark.end() : following.start() if following else None]
            found.append(_private_keyword(text))
    return "".join(found) + (_ELEMENT.format("separator") if instruction else "")


def _private_keyword(instruction: str) -> str:
    words = [word.upper() for word in _KEYWORD.findall(re.sub(r"&nbsp;|&#160;", " ", instruction))]
    return next((f" {word} " for word in words if word in PRIVATE), "")


def remove(tree: Any) -> Counter[str]:
    """Remove instructions of fields and private results from a tree. Returns their numbers by kind."""
    private = [
        element
        for element in tree.iter("sdfield")
        if (element.get("type") or "").strip().upper() in _PRIVATE_TYPES
    ]
    removed = Counter({"properties": nodes.drop_all(private)})
    if not tree.xpath(_OFFICE):
        return removed
    reading = _Reading(_fields(tree))
    if reading.fields:
        nodes.cut(tree, reading.is_cut)
        removed += Counter(field.removed for field in reading.fields.values() if field.removed)
    removed["field-code"] += _remove_loose(tree)
    return removed


class _Field:
    """Field of a tree. `separator` and `end` are missing if the tree was cut."""

    def __init__(self) -> None:
        self.separator: Any = None
        self.end: Any = None
        self.instruction = ""
        self.removed = ""

    @property
    def is_private(self) -> bool:
        """Return whether the result of the field is private."""
        words = self.instruction.replace("\\", " ").split()
        return bool(words) and words[0].upper() in PRIVATE


def _part(element: Any) -> str:
    """Part of a field that begins at an element: `begin`, `separator`, `end`, or nothing."""
    style = element.get("style")
    found = _PART.search(style.lower()) if style and "field-" in style.lower() else None
    return found[1] if found else ""


def _fields(tree: Any) -> dict[Any, _Field]:
    """Element at the begin of a field → field."""
    found: dict[Any, _Field] = {}
    opened: list[_Field] = []
    for element in nodes.elements(tree):
        part = _part(element)
        if part == "begin":
            found[element] = _Field()
            opened.append(found[element])
        elif part == "separator" and opened and opened[-1].separator is None:
            opened[-1].separator = element
        elif part == "end" and opened:
            opened.pop().end = element
    return found


class _Reading:
    """State of a walk through a tree: the fields whose instruction or result contains the current text."""

    def __init__(self, fields: dict[Any, _Field]) -> None:
        self.fields = fields
        self._instructions: dict[_Field, None] = {}
        self._results: dict[_Field, None] = {}
        self._starts = {field.separator: field for field in fields.values() if field.separator is not None}
        self._ends = {field.end: field for field in fields.values() if field.end is not None}

    def is_cut(self, event: str, element: Any) -> bool:
        """Return whether a text belongs to an instruction or to a private result."""
        if event == "start":
            self._step(element)
        if event not in nodes.SLOTS:
            return False
        text = getattr(element, event)
        if self._instructions:
            field = next(reversed(self._instructions))
            field.instruction += text or ""
            if nodes.has_words(text):
                field.removed = field.removed or "field-code"
            return True
        if self._results and nodes.has_words(text):
            next(iter(self._results)).removed = "properties"
        return bool(self._results)

    def _step(self, element: Any) -> None:
        begun, separated, ended = (where.get(element) for where in (self.fields, self._starts, self._ends))
        # Without a separator or an end, it is unknown where the instruction ends, so its text is kept.
        if begun and (begun.separator is not None or begun.end is not None):
            self._instructions[begun] = None
        if separated and separated in self._instructions:
            del self._instructions[separated]
            if separated.is_private and separated.end is not None:
                self._results[separated] = None
                separated.removed = ""
        if ended:
            self._instructions.pop(ended, None)
            self._results.pop(ended, None)


def _remove_loose(tree: Any) -> int:
    """Remove field instructions that are plain text, without Word's field elements. Returns their number."""
    found = 0
    for element in nodes.elements(tree):
        for slot in nodes.SLOTS:
            text = getattr(element, slot)
            if text and any(name in text for name in _LOOSE_NAMES):
                kept, count = _LOOSE.subn("", text)
                if count:
                    found += count
                    nodes.put(element, slot, kept)
    return found
