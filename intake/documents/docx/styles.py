"""Styles of a Word file: what a paragraph is (heading, quotation), and how its runs look."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from intake.documents.docx import properties
from intake.documents.docx.names import VAL, W, is_on
from intake.documents.docx.properties import TOGGLES, Properties

DEEPEST = 11
"""Maximum length of a chain of table styles, as in Word."""

# Word keeps the English names of its own styles in every language. Other programs write the translated name.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|nagłówek|rubrik|overskrift|otsikko|başlık|tiêu đề|заголовок"
    r"|тақырып|гарчиг|sarlavha|标题|標題|見出し|제목|عنوان|سرفصل|ماۋزۇ)\s*([1-9])"
)
_TITLES = {"title": 0, "subtitle": 1}
_QUOTES = frozenset(
    {
        "quote", "intense quote", "intensequote", "block text", "blocktext", "quotations", "block quotation",
        "html blockquote", "citation", "zitat", "cita", "citazione", "цитата", "дәйексөз", "引用", "明显引用", "鮮明引文",
        "引文", "인용", "alıntı", "اقتباس",
    }
)  # fmt: skip
_BODY_LEVEL = 9


@dataclass
class ParagraphStyle:
    """Effect of a paragraph style with everything that it is based on.

    `level` is 0 for a title, from 1 for headings, None for text. `number` is the list (`w:numId`), `depth` the level
    in it.
    """

    level: int | None = None
    is_quote: bool = False
    is_rtl: bool | None = None
    number: str | None = None
    depth: int | None = None
    background: str | None = None
    run: Properties = field(default_factory=dict)


class WordStyles:
    """The styles part of a Word file. `root` may be None."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self.defaults: Properties = {}
        self.default_paragraph = ""
        self.default_table = ""
        self._runs: dict[str, Properties] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        # Caches, because many styles, tables and lists may refer to the same style.
        self._bases: dict[str, str] = {}
        self._lists: dict[str, str | None] = {}
        self.default_rtl: bool | None = None
        if root is not None:
            self._index(root)

    def _index(self, root: Any) -> None:
        self.defaults = properties.read(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        bidi = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}bidi")
        self.default_rtl = None if bidi is None else is_on(bidi)
        for element in root.iter(f"{W}style"):
            name, kind = element.get(f"{W}styleId") or "", element.get(f"{W}type") or ""
            self._elements[name] = element
            if (element.get(f"{W}default") or "0").lower() in ("1", "true", "on"):
                if kind == "paragraph":
                    self.default_paragraph = name
                elif kind == "table":
                    self.default_table = name

    def chain(self, name: str) -> list[Any]:
        """Elements of a style and the styles that it is based on, the most basic first."""
        found: list[Any] = []
        while name in self._elements and len(found) < DEEPEST:
            found.append(self._elements[name])
            name = self._base_of(name)
        return found[::-1]

    def run(self, name: str) -> Properties:
        """Run properties of a style and everything that it is based on."""
        if name not in self._runs:
            names, base = self._unknown(name, self._runs)
            found = self._runs.get(base, {})
            for one in names:
                found = found | properties.read(self._elements[one].find(f"{W}rPr"))
                self._runs[one] = found
        return self._runs.get(name, {})

    def paragraph(self, name: str) -> ParagraphStyle:
        """Effect of a paragraph style. An empty name is the default style."""
        if name not in self._elements:
            name = self.default_paragraph
        if name not in self._paragraphs:
            # Called first, so that a cycle of styles is cut at the same style for run and paragraph properties.
            self.run(name)
            names, base = self._unknown(name, self._paragraphs)
            style = self._paragraphs.get(base) or ParagraphStyle(is_rtl=self.default_rtl)
            for one in names:
                style = replace(style, run=self.run(one))
                _apply(self._elements[one], style)
                self._paragraphs[one] = style
            self._paragraphs.setdefault(name, style)
        return self._paragraphs[name]

    def _unknown(self, name: str, known: Mapping[str, object]) -> tuple[list[str], str]:
        """Styles of an inheritance chain not in `known`, base first, and the name of the known style that they end at."""
        found: dict[str, None] = {}
        while name in self._elements and name not in known and name not in found:
            found[name] = None
            name = self._base_of(name)
        return list(found)[::-1], name

    def list_of(self, name: str) -> str | None:
        """List (`w:numId`) that a numbering style names."""
        if name not in self._lists:
            element = self._elements.get(name)
            number = None if element is None else element.find(f"{W}pPr/{W}numPr/{W}numId")
            self._lists[name] = None if number is None else number.get(VAL)
        return self._lists[name]

    def _base_of(self, name: str) -> str:
        if name not in self._bases:
            based = self._elements[name].find(f"{W}basedOn")
            self._bases[name] = "" if based is None else based.get(VAL) or ""
        return self._bases[name]


def _apply(element: Any, style: ParagraphStyle) -> None:
    named = element.find(f"{W}name")
    name = ("" if named is None else named.get(VAL) or "").strip().lower()
    level = _level(name) if _level(name) is not None else _level((element.get(f"{W}styleId") or "").lower())
    if level is not None:
        style.level = level
    if name in _QUOTES:
        style.is_quote = True
    found = element.find(f"{W}pPr")
    if found is not None:
        apply_direct(found, style)


def _level(name: str) -> int | None:
    if name in _TITLES:
        return _TITLES[name]
    heading = _HEADING.fullmatch(name)
    return int(heading[1]) if heading else None


def apply_direct(found: Any, style: ParagraphStyle) -> None:
    """Apply the properties of a paragraph (`w:pPr`) to its style."""
    for child in found:
        tag = child.tag
        if tag == f"{W}outlineLvl":
            value = child.get(VAL) or ""
            if value.isascii() and value.isdecimal():
                level = int(value[:2])
                style.level = level + 1 if level < _BODY_LEVEL else None
        elif tag == f"{W}bidi":
            style.is_rtl = is_on(child)
        elif tag == f"{W}numPr":
            _apply_numbering(child, style)
        elif tag == f"{W}shd":
            style.background = properties.shading(child)


def _apply_numbering(element: Any, style: ParagraphStyle) -> None:
    for child in element:
        if child.tag == f"{W}numId":
            style.number = child.get(VAL)
        elif child.tag == f"{W}ilvl":
            value = child.get(VAL) or ""
            style.depth = int(value[:2]) if value.isascii() and value.isdecimal() else 0


def merged(defaults: Properties, levels: list[Properties], direct: Properties) -> Properties:
    """Effective properties of a run. `levels` are those of its table, paragraph and character styles."""
    found = dict(defaults)
    for level in levels:
        found |= level
    for name in TOGGLES:
        if defaults.get(name):
            found[name] = True
        else:
            # Two levels that both set a toggle cancel each other.
            found[name] = sum(bool(level.get(name)) for level in levels) % 2 == 1
    return found | direct
