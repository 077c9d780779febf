"""Reads a parsed tree into blocks: what pastes from Word, Google Docs, LibreOffice and others mean, less what they carry."""

import re
from collections import Counter
from operator import itemgetter
from typing import Any, NamedTuple

from lxml import etree

from intake.text.html import links, notes, styles, word
from intake.text.html.blocks import BREAK, Box, Run
from intake.text.html.notes import Notes
from intake.text.html.outline import Outline
from intake.text.unicode.invisible import newlines

MAX_DEPTH = 200
DROPPED = {
    "script": "script", "noscript": "script", "style": "", "title": "", "xml": "", "template": "",
    "svg": "drawing", "math": "drawing", "canvas": "drawing",
    "select": "form", "textarea": "form", "input": "form", "option": "form", "optgroup": "form", "datalist": "form",
    "iframe": "embed", "frame": "embed", "frameset": "embed", "noframes": "embed", "noembed": "embed",
    "embed": "embed", "audio": "embed", "video": "embed", "applet": "embed",
    "img": "image", "image": "image",
    "meta": "", "link": "", "base": "", "col": "", "colgroup": "",
}  # fmt: skip
MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em",
    "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "sub": "sub", "sup": "sup",
}  # fmt: skip
LEAVES = {
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "pre": "pre", "xmp": "pre", "listing": "pre", "plaintext": "pre",
}  # fmt: skip
BOXES = {
    "blockquote": "blockquote", "ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol", "li": "li", "table": "table",
    "thead": "thead", "tbody": "tbody", "tfoot": "tbody", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
BLOCKS = frozenset(
    {
        "html", "body", "head", "p", "div", "address", "article", "aside", "caption", "center", "dd",
        "details", "dialog", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
        "hgroup", "legend", "main", "nav", "search", "section", "summary",
    }
)  # fmt: skip
_END = re.compile(r"</(?:html|body|head)\b", re.IGNORECASE)
_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}


class TooDeep(Exception):
    """The tree is nested deeper than any text that people write."""


class Look(NamedTuple):
    """What applies to the text at one place of the tree."""

    marks: frozenset[str] = frozenset()
    href: str | None = None
    leaf: str = "p"
    in_item: bool = False
    depth: int = 0


class Reader:
    """One reading of one tree."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.flags: set[str] = set()
        self.outline = Outline(removed)
        self._notes = Notes()
        # Mark → number, in the order in which they are met; and the notes that wait for the end of the text.
        self._numbers: dict[Any, int] = {}
        self._waiting: list[Any] = []

    def read(self, tree: Any) -> Box:
        """The blocks of a tree; raises TooDeep."""
        self._notes = notes.find(tree, frozenset(DROPPED))
        self._element(tree, Look())
        self.outline.end()
        self._read_notes()
        self.outline.root.prune()
        return self.outline.root

    def _element(self, element: Any, look: Look) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if look.depth > MAX_DEPTH:
            raise TooDeep
        style = styles.read(element.get("style") or "")
        if tag in DROPPED:
            self._drop(element, DROPPED[tag], look)
        elif style.hidden or element.get("hidden") is not None:
            self.removed["hidden"] += 1
        elif not (style.marker and look.in_item) and not word.is_padding(element):
            self._dispatch(element, tag, look._replace(depth=look.depth + 1), style)

    def _drop(self, element: Any, kind: str, look: Look) -> None:
        if kind:
            self.removed[kind] += 1
        if kind == "drawing":
            # HTML's parser ends a drawing at the first of these; ours keeps them inside, and their text with them.
            for child in element.iter(
                "p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "b", "i", "span"
            ):
                self._element(child, look._replace(depth=look.depth + 1))
                break

    def _dispatch(self, element: Any, tag: str, look: Look, style: styles.Style) -> None:
        if element in self._notes.blocks:
            self._waiting.append(element)
        elif element in self._notes.marks:
            self._mark(element, look)
        elif tag == "br":
            self._text(BREAK, look)
        elif tag == "hr":
            self.outline.rule()
        elif tag in BOXES and not word.levels(element):
            self._box(element, BOXES[tag], look, style)
        elif leaf := word.heading(element) or LEAVES.get(tag):
            self._block(element, look._replace(leaf=leaf))
        elif style.level and tag == "p":
            self._item(element, style.level, word.list_tag(element), look, style)
        elif level := word.item_level(element):
            self._item(element, level, BOXES[element.getparent().tag], look, style)
        elif tag in BLOCKS or tag in BOXES:
            self._block(element, _marked(look, style))
        else:
            self._inline(element, tag, look, style)

    def _box(self, element: Any, tag: str, look: Look, style: styles.Style) -> None:
        depth = self.outline.depth()
        if not (word.only_indents(element) and self.outline.resume()):
            self.outline.open(tag, _attributes(element, tag))
        self._children(element, _marked(look._replace(leaf="p"), style))
        self.outline.close_to(depth)

    def _item(self, element: Any, level: int, tag: str, look: Look, style: styles.Style) -> None:
        depth = self.outline.depth()
        self.outline.list_item(level, tag, word.list_attributes(element, tag))
        self._children(element, _marked(look._replace(leaf="p", in_item=True), style))
        self.outline.close_to(depth)

    def _block(self, element: Any, look: Look) -> None:
        self.outline.end()
        self._children(element, look)
        self.outline.end()

    def _inline(self, element: Any, tag: str, look: Look, style: styles.Style) -> None:
        if element in self._notes.backs:
            return
        marks = look.marks | {MARKS[tag]} if tag in MARKS else look.marks
        href = self._href(element) or look.href if tag == "a" else look.href
        marked = _marked(look._replace(marks=marks, href=href), style)
        # Editors underline links by themselves.
        self._children(element, marked._replace(marks=marked.marks - {"u"}) if href else marked)

    def _mark(self, element: Any, look: Look) -> None:
        number = self._numbers.setdefault(element, len(self._numbers) + 1)
        text = newlines("".join(element.itertext())).strip()
        self.outline.write(Run(text, frozenset({"sup"}), f"#note-{number}"), look.leaf)

    def _read_notes(self) -> None:
        """At the end, as a list in the order of their marks. A note whose mark was not met is text like any other."""
        numbered = [(self._numbers.get(self._notes.blocks[block], 0), block) for block in self._waiting]
        self._notes.blocks.clear()
        for _, block in (one for one in numbered if not one[0]):
            self._element(block, Look())
        if self._numbers:
            depth = self.outline.depth()
            self.outline.open("ol")
            for number, block in sorted((one for one in numbered if one[0]), key=itemgetter(0)):
                self._note(number, block)
            self.outline.close_to(depth)

    def _note(self, number: int, block: Any) -> None:
        depth = self.outline.depth()
        self.outline.open("li", {"id": f"note-{number}"})
        self._children(block, Look())
        self.outline.lead_back(number)
        self.outline.close_to(depth)

    def _href(self, element: Any) -> str | None:
        raw = element.get("href")
        if raw is None:
            return None
        href = links.clean(raw)
        if href is None and not raw.startswith("#"):
            self.removed["link"] += 1
        if href and links.disguised("".join(element.itertext()), href):
            self.flags.add("disguised-link")
        return href

    def _children(self, element: Any, look: Look) -> None:
        self._text(element.text, look)
        for child in element:
            self._element(child, look)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: Look) -> None:
        if text:
            plain = text if text == BREAK else newlines(text)
            self.outline.write(Run(plain, look.marks, look.href), look.leaf)


def _marked(look: Look, style: styles.Style) -> Look:
    marks = (look.marks | style.adds) - style.drops
    return look if marks == look.marks else look._replace(marks=marks)


def _attributes(element: Any, tag: str) -> dict[str, str]:
    found = {name: (element.get(name) or "").strip() for name in _KEPT.get(tag, ())}
    return {name: str(int(value)) for name, value in found.items() if _is_count(value)}


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdecimal() and 1 < int(value[:6]) <= 1000


def parse(raw: str) -> Any:
    """The tree of any string at all, or None when there is nothing in it."""
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    # Not closed: an unfinished comment or `<xmp>` would show the end tags. Nor may the text close it, where libxml2 drops all that
    # follows; it ignores one end tag for each start tag that is out of place.
    parser.feed(f"<html><body>{'<html>' * len(_END.findall(raw))}{raw}")
    return parser.close()
