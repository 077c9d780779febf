"""Read a parsed HTML tree into blocks, with rules for text pasted from Word, Google Docs and others."""

import re
from collections import Counter
from operator import itemgetter
from typing import Any, NamedTuple

from lxml import etree

from intake.text.html import links, notes, styles, word
from intake.text.html.block_builder import BlockBuilder
from intake.text.html.blocks import BREAK, Box, Run
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
    """The tree is nested deeper than MAX_DEPTH."""


class InlineContext(NamedTuple):
    """Formatting, link target and nesting that apply to the text at one position of the tree."""

    marks: frozenset[str] = frozenset()
    href: str | None = None
    leaf: str = "p"
    in_item: bool = False
    depth: int = 0


class TreeReader:
    """Reader for one HTML tree. Use a new instance for each tree."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.builder = BlockBuilder(removed)
        self._notes = notes.Notes()
        # Footnote mark (element) → number, in reading order. `_waiting` holds the footnotes until the end of
        # the text.
        self._numbers: dict[Any, int] = {}
        self._waiting: list[Any] = []

    def read(self, tree: Any) -> Box:
        """Read a tree into blocks, and return the box that contains them. Raises TooDeep."""
        self._notes = notes.find(tree, frozenset(DROPPED))
        self._element(tree, InlineContext())
        self.builder.end()
        self._read_notes()
        self.builder.root.prune()
        return self.builder.root

    def _element(self, element: Any, context: InlineContext) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if context.depth > MAX_DEPTH:
            raise TooDeep
        style = styles.read(element.get("style") or "")
        if tag in DROPPED:
            self._drop(element, DROPPED[tag], context)
        elif not (style.marker and context.in_item) and not word.is_padding(element):
            self._dispatch(element, tag, context._replace(depth=context.depth + 1), style)

    def _drop(self, element: Any, kind: str, context: InlineContext) -> None:
        if kind:
            self.removed[kind] += 1
        if kind == "drawing":
            # By the HTML standard, each of these tags ends a drawing such as `<svg>`. The parser of lxml
            # keeps it inside the drawing, so its text would be lost.
            for child in element.iter(
                "p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "b", "i", "span"
            ):
                self._element(child, context._replace(depth=context.depth + 1))
                break

    def _dispatch(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        if element in self._notes.blocks:
            self._waiting.append(element)
        elif element in self._notes.marks:
            self._mark(element, context)
        elif tag == "br":
            self._text(BREAK, context)
        elif tag == "hr":
            self.builder.rule()
        elif tag in BOXES and not word.levels(element):
            self._box(element, BOXES[tag], context, style)
        elif leaf := word.heading(element) or LEAVES.get(tag):
            self._block(element, context._replace(leaf=leaf))
        elif style.level and tag == "p":
            self._item(element, style.level, word.list_tag(element), context, style)
        elif level := word.item_level(element):
            self._item(element, level, BOXES[element.getparent().tag], context, style)
        elif tag in BLOCKS or tag in BOXES:
            self._block(element, _marked(context, style))
        else:
            self._inline(element, tag, context, style)

    def _box(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        depth = self.builder.depth()
        if not (word.only_indents(element) and self.builder.resume()):
            self.builder.open(tag, _attributes(element, tag))
        self._children(element, _marked(context._replace(leaf="p"), style))
        self.builder.close_to(depth)

    def _item(self, element: Any, level: int, tag: str, context: InlineContext, style: styles.Style) -> None:
        depth = self.builder.depth()
        self.builder.list_item(level, tag, word.list_attributes(element, tag))
        self._children(element, _marked(context._replace(leaf="p", in_item=True), style))
        self.builder.close_to(depth)

    def _block(self, element: Any, context: InlineContext) -> None:
        self.builder.end()
        self._children(element, context)
        self.builder.end()

    def _inline(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        if element in self._notes.backs:
            return
        marks = context.marks | {MARKS[tag]} if tag in MARKS else context.marks
        href = self._href(element) or context.href if tag == "a" else context.href
        marked = _marked(context._replace(marks=marks, href=href), style)
        # Word processors underline every link, so the underline is not emphasis by the author.
        self._children(element, marked._replace(marks=marked.marks - {"u"}) if href else marked)

    def _mark(self, element: Any, context: InlineContext) -> None:
        number = self._numbers.setdefault(element, len(self._numbers) + 1)
        text = newlines("".join(element.itertext())).strip()
        self.builder.write(Run(text, frozenset({"sup"}), f"#note-{number}"), context.leaf)

    def _read_notes(self) -> None:
        """Write the footnotes at the end, as a list in the order of their marks in the text.

        A footnote whose mark was not read becomes ordinary text.
        """
        numbered = [(self._numbers.get(self._notes.blocks[block], 0), block) for block in self._waiting]
        self._notes.blocks.clear()
        for _, block in (one for one in numbered if not one[0]):
            self._element(block, InlineContext())
        if self._numbers:
            depth = self.builder.depth()
            self.builder.open("ol")
            for number, block in sorted((one for one in numbered if one[0]), key=itemgetter(0)):
                self._note(number, block)
            self.builder.close_to(depth)

    def _note(self, number: int, block: Any) -> None:
        depth = self.builder.depth()
        self.builder.open("li", {"id": f"note-{number}"})
        self._children(block, InlineContext())
        self.builder.lead_back(number)
        self.builder.close_to(depth)

    def _href(self, element: Any) -> str | None:
        raw = element.get("href")
        if raw is None:
            return None
        href = links.clean(raw)
        if href is None and not raw.startswith("#"):
            self.removed["link"] += 1
        if links.is_tracked(raw):
            self.removed["tracking"] += 1
        return href

    def _children(self, element: Any, context: InlineContext) -> None:
        self._text(element.text, context)
        for child in element:
            self._element(child, context)
            self._text(child.tail, context)

    def _text(self, text: str | None, context: InlineContext) -> None:
        if text:
            plain = text if text == BREAK else newlines(text)
            self.builder.write(Run(plain, context.marks, context.href), context.leaf)


def _marked(context: InlineContext, style: styles.Style) -> InlineContext:
    marks = (context.marks | style.adds) - style.drops
    return context if marks == context.marks else context._replace(marks=marks)


def _attributes(element: Any, tag: str) -> dict[str, str]:
    found = {name: (element.get(name) or "").strip() for name in _KEPT.get(tag, ())}
    return {name: str(int(value)) for name, value in found.items() if _is_count(value)}


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdecimal() and 1 < int(value[:6]) <= 1000


def parse(raw: str) -> Any:
    """Parse any string into a tree. Returns None if the string has no content."""
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    # Append no `</body>`: after an unfinished comment or `<xmp>` it would be shown as text. End tags in `raw`
    # must not close the body either, because libxml2 drops everything after it. Each misplaced `<html>` makes
    # libxml2 ignore one of these end tags.
    parser.feed(f"<html><body>{'<html>' * len(_END.findall(raw))}{raw}")
    return parser.close()
