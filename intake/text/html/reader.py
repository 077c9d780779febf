"""Read a parsed HTML tree into blocks, with rules for text pasted from Word, Google Docs and others."""

import re
from collections import Counter
from operator import itemgetter
from typing import Any

from lxml import etree

from intake.text.html import links, mail_lines, notes, placements, styles, word
from intake.text.html.blocks import BREAK, Box, Run
from intake.text.html.context import InlineContext, enter, formatted, linked, marked, within
from intake.text.html.directions import settle
from intake.text.html.element_reader import ElementReader
from intake.text.html.elements import attributes, formulas, replaced, white_space
from intake.text.html.elements.numbering import LeveledItem
from intake.text.html.tags import BLOCKS, BOXES, DROPPED, IS_BLOCK, LEAVES, MARKS, REPLACED, UNSEARCHED
from intake.text.unicode.invisible import newlines

MAX_DEPTH = 200
_END = re.compile(r"</(?:html|body|head)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:html|body)\b([^<>]*)", re.IGNORECASE)
_ROOT_ATTRIBUTE = re.compile(
    r"\s(lang|dir)\s*=\s*[\"']?([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})(?=[\"'\s/]|$)", re.IGNORECASE
)


class TooDeep(Exception):
    """The tree is nested deeper than MAX_DEPTH."""


class TreeReader(ElementReader):
    """Reader for one HTML tree. Use a new instance for each tree.

    It keeps placements of photos only if `with_placements` is set.
    """

    def __init__(self, removed: Counter[str], *, with_placements: bool = False) -> None:
        super().__init__(removed)
        self._with_placements = with_placements
        self._notes = notes.Notes()
        self._depth = 0
        # Footnote mark (element) → number, in reading order. `_waiting` holds the footnotes until the end of
        # the text, each with the direction around it.
        self._numbers: dict[Any, int] = {}
        self._waiting: list[tuple[Any, InlineContext]] = []

    def read(self, tree: Any) -> Box:
        """Read a tree into blocks, and return the box that contains them. Raises TooDeep."""
        self._notes = notes.find(tree, UNSEARCHED)
        self._has_check_boxes = replaced.has_check_boxes(tree)
        self._element(tree, InlineContext())
        self.builder.end()
        self._read_notes()
        root = self.builder.finish()
        if number := mail_lines.remove(root):
            self.removed["mail-head"] += number
        if self._directed:
            settle(root)
        return root

    def _element(self, element: Any, context: InlineContext) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if self._depth > MAX_DEPTH:
            raise TooDeep
        written = element.get("style")
        style = styles.read(written) if written else styles.PLAIN
        if tag in DROPPED:
            self._drop(DROPPED[tag])
        elif not (style.marker and context.in_item) and not word.is_padding(element):
            self._depth += 1
            self._dispatch(element, tag, enter(context, element, style, is_block=tag in IS_BLOCK), style)
            self._depth -= 1

    def _dispatch(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        if element in self._notes.blocks:
            self._waiting.append((element, InlineContext(direction=context.direction)))
        elif element in self._notes.marks:
            self._mark(element, context)
        elif tag == "br":
            self._text(BREAK, context)
        elif tag == "hr":
            self.builder.rule()
        elif self._with_placements and tag == placements.TAG and placements.is_name(element.get("id") or ""):
            self.builder.place(element.get("id"))
            # Words that an editor typed into the placement become a paragraph after it.
            self._block(element, context, outer=context.leaf)
        elif tag in REPLACED:
            self._replaced(element, tag, marked(context, style))
        elif tag in IS_BLOCK:
            self._dispatch_block(element, tag, context, style)
        elif not formulas.is_copy(element):
            self._inline(element, tag, context, style)

    def _dispatch_block(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        if tag in BOXES and not word.levels(element):
            self._box(element, BOXES[tag], context, style)
        elif leaf := word.heading(element) or LEAVES.get(tag):
            self._block(element, within(context, leaf), outer=context.leaf)
        elif style.level and tag == "p" and (item := word.list_item(element, style)):
            self._item(element, item, context, style)
        elif level := word.item_level(element):
            self._item(
                element, word.online_item(element, level, BOXES[element.getparent().tag]), context, style
            )
        else:
            self._block(element, _in_block(element, tag, marked(context, style), style), outer=context.leaf)

    def _box(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        depth = self.builder.depth()
        if not (word.only_indents(element) and self.builder.resume()):
            self.builder.open(tag, attributes.of(element, tag, style) | self._direction(context))
        self._children(element, marked(within(context, "p"), style))
        self.builder.close_to(depth)

    def _item(self, element: Any, item: LeveledItem, context: InlineContext, style: styles.Style) -> None:
        depth = self.builder.depth()
        self.builder.list_item(item._replace(direction=self._direction(context)))
        self._children(element, marked(context._replace(leaf="p", in_item=True), style))
        self.builder.close_to(depth)

    def _block(self, element: Any, context: InlineContext, outer: str) -> None:
        # Blocks within preformatted text are its lines. Code copied from an editor has this form.
        part = self.builder.end_line if outer == context.leaf == "pre" else self.builder.end
        part()
        self._children(element, context)
        part()

    def _inline(self, element: Any, tag: str, context: InlineContext, style: styles.Style) -> None:
        if element in self._notes.backs:
            return
        if style.tabs and self.builder.at_line_start():
            # Later, `blocks` drops this indent except in verse (a paragraph of several lines).
            self._text("\xa0" * white_space.TAB * style.tabs, context)
            return
        inside = context
        if tag == "a":
            inside = linked(context, self._href(element) or context.href)
        elif tag in MARKS:
            inside = formatted(context, context.marks | {MARKS[tag]})
        inside = marked(inside, style)
        if inside.href and "u" in inside.marks:
            # Word processors underline every link, so the underline is not emphasis by the author.
            inside = formatted(inside, inside.marks - {"u"})
        self._children(element, inside)
        if tag == "a":
            self._tell_address(element, context)

    def _mark(self, element: Any, context: InlineContext) -> None:
        number = self._numbers.setdefault(element, len(self._numbers) + 1)
        text = newlines("".join(element.itertext())).strip()
        self.builder.write(Run(text, frozenset({"sup"}), f"#note-{number}"), context.leaf)

    def _read_notes(self) -> None:
        """Write the footnotes at the end, as a list in the order of their marks in the text.

        A footnote whose mark was not read becomes ordinary text.
        """
        numbered = [
            (self._numbers.get(self._notes.blocks[block], 0), block, at) for block, at in self._waiting
        ]
        self._notes.blocks.clear()
        for _, block, at in (one for one in numbered if not one[0]):
            self._element(block, at)
        if self._numbers:
            depth = self.builder.depth()
            self.builder.open("ol")
            for number, block, at in sorted((one for one in numbered if one[0]), key=itemgetter(0)):
                self._note(number, block, at)
            self.builder.close_to(depth)

    def _note(self, number: int, block: Any, context: InlineContext) -> None:
        depth = self.builder.depth()
        self.builder.open("li", {"id": f"note-{number}"} | self._direction(context))
        self._children(block, context)
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


def _in_block(element: Any, tag: str, context: InlineContext, style: styles.Style) -> InlineContext:
    """Context in a block that is no heading, list or table. Terms become bold, and captions italic."""
    if tag == "dt" or replaced.is_caption(element, tag):
        return formatted(context, context.marks | {"strong" if tag == "dt" else "em"})
    if style.space == "pre" and tag in BLOCKS:
        return within(context, "pre")
    return within(context, "p") if style.space and context.leaf == "pre" and not context.space else context


def _root(raw: str) -> str:
    """Attributes `lang` and `dir` of a document, which the parser drops with its `<html>` and `<body>`."""
    found: dict[str, str] = {}
    for tag in _ROOT.finditer(raw):
        found |= {name.lower(): value.lower() for name, value in _ROOT_ATTRIBUTE.findall(tag[1])}
    return "".join(f' {name}="{value}"' for name, value in found.items())


def parse(raw: str) -> Any:
    """Parse any string into a tree. Returns None if the string has no content.

    Values of form fields, and the emoji and formulas that images stand for, become text of these elements.
    """
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    # Append no `</body>`: after an unfinished comment or `<xmp>` it would be shown as text. End tags in `raw`
    # must not close the body either, because libxml2 drops everything after it. Each misplaced `<html>` makes
    # libxml2 ignore one of these end tags.
    parser.feed(f"<html><body{_root(raw)}>{'<html>' * len(_END.findall(raw))}{raw}")
    tree = parser.close()
    if tree is not None:
        replaced.spell_out(tree)
    return tree
