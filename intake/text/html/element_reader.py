"""Read text and elements that stand for words into blocks. `reader.TreeReader` adds the structure of a text."""

from abc import ABC, abstractmethod
from collections import Counter
from typing import Any

from intake.text.html import links
from intake.text.html.block_builder import BlockBuilder
from intake.text.html.blocks import BREAK, Run
from intake.text.html.context import InlineContext
from intake.text.html.elements import formulas, quotes, replaced, symbol_fonts, unlinked, white_space
from intake.text.unicode.invisible import newlines


class ElementReader(ABC):
    """Reader for the text of elements: quotations, ruby, formulas, images, form fields and drawings."""

    def __init__(self, removed: Counter[str]) -> None:
        self.removed = removed
        self.builder = BlockBuilder(removed)
        self._directed = False
        self._has_check_boxes = False

    @abstractmethod
    def _element(self, element: Any, context: InlineContext) -> None:
        """Read an element of any kind."""

    def _children(self, element: Any, context: InlineContext) -> None:
        if self._has_check_boxes and (box := replaced.check_box(element)):
            self.builder.lead(Run(f"{box} ", context.marks, context.href))
        if text := element.text:
            self._text(text, context)
        for child in element:
            self._element(child, context)
            if text := child.tail:
                self._text(text, context)

    def _direction(self, context: InlineContext) -> dict[str, str]:
        if not context.direction:
            return {}
        self._directed = True
        return {"dir": context.direction}

    def _text(self, text: str, context: InlineContext) -> None:
        if not text:
            return
        plain = text if text == BREAK else newlines(text)
        if context.font:
            plain = symbol_fonts.translate(plain, context.font)
        if context.leaf == "pre":
            plain = plain.replace(BREAK, "\n")
        elif context.space:
            plain = white_space.kept(plain, context.space, at_line_start=self.builder.at_line_start())
        if context.direction:
            self._directed = True
        self.builder.write(Run(plain, context.marks, context.href), context.leaf, context.direction)

    def _drop(self, kind: str) -> None:
        if kind:
            self.removed[kind] += 1
            self.builder.part()

    def _tell_address(self, link: Any, context: InlineContext) -> None:
        """Write the address of a link that must be dropped as text, unless the text of the link shows the address."""
        raw = link.get("href")
        if raw and links.clean(raw) is None:
            shown = "".join(link.itertext())
            if told := unlinked.words(raw, shown):
                self.builder.part(firmly=True)
                self._text(f"({told})" if shown.strip() else told, context)
                self.builder.part()

    def _replaced(self, element: Any, tag: str, context: InlineContext) -> None:
        if tag == "q":
            self._wrapped(element, quotes.around(element), context)
        elif tag in ("rt", "rtc"):
            self._wrapped(element, replaced.brackets(element), context)
        elif tag == "math":
            for text, mark in formulas.runs(element):
                self._text(text, context._replace(marks=context.marks | {mark}) if mark else context)
        elif tag in ("img", "image"):
            self._image(element, context)
        elif tag in ("input", "select", "textarea"):
            self._field(element, tag, context)
        elif tag == "svg":
            self._drawing(element, context)
        elif not (tag == "xml" and replaced.is_properties(element)):
            self.removed.update(["drawing"] if tag == "canvas" else [])
            self.builder.part(firmly=tag == "button")
            self._children(element, context)
            self.builder.part(firmly=tag == "button")

    def _wrapped(self, element: Any, around: tuple[str, str], context: InlineContext) -> None:
        """Read an element, with a character before and after its text. An element without text gets none."""
        opening, closing = around
        lead = Run(opening, context.marks, context.href)
        if opening:
            self.builder.lead(lead)
        self._children(element, context)
        if closing and not self.builder.cancel_lead(lead):
            self.builder.trail(Run(closing, context.marks, context.href))

    def _image(self, image: Any, context: InlineContext) -> None:
        if text := image.text:
            self._text(text, context)
        else:
            self._drop("image")

    def _field(self, element: Any, tag: str, context: InlineContext) -> None:
        field = replaced.field(element)
        if field.is_mark:
            self.builder.lead(Run(f"{field.text} ", context.marks, context.href))
            return
        self.removed["form"] += 1
        if tag == "textarea":
            self.builder.end()
            self._text(field.text, context._replace(space="pre-wrap"))
            self.builder.end()
        else:
            self.builder.part(firmly=True)
            self._text(field.text, context)
            self.builder.part(firmly=True)

    def _drawing(self, drawing: Any, context: InlineContext) -> None:
        self.removed["drawing"] += 1
        for shown in replaced.drawn(drawing):
            self.builder.part()
            if isinstance(shown, str):
                self._text(shown, context)
            else:
                self._element(shown, context)
        self.builder.part()
