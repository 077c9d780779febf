"""Read the inline content of one paragraph of a Word file."""

from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

from intake.documents import addresses, pictures
from intake.documents.docx import content_controls, equations, fields, symbols
from intake.documents.docx.drawing import Drawn
from intake.documents.docx.looks import RunLook, RunLooks
from intake.documents.docx.names import W16SE, M, R, W
from intake.documents.docx.styles import ParagraphStyle
from intake.documents.inline import InlineText, Wraps, attribute

if TYPE_CHECKING:
    from intake.documents.docx.story import Story, Surroundings


class ParagraphReader:
    """Reader of one paragraph. `boxes` are text boxes that stand in it, with their background colour."""

    def __init__(
        self, story: "Story", style: ParagraphStyle, around: "Surroundings", line: InlineText
    ) -> None:
        self.line = line
        self.boxes: list[tuple[Any, str | None]] = []
        self.has_rule = False
        self._story = story
        self._removed = story.reading.removed
        self._href: str | None = None
        self._was_hidden = False
        self._looks = RunLooks(story.reading.styles, style, around.run)
        self._looks.background = style.background or around.background or story.reading.page

    def read(self, element: Any) -> None:
        """Read a paragraph, or an element that wraps a part of it."""
        for child in element:
            handler = _CONTENT.get(child.tag)
            if handler is not None:
                handler(self, child)

    def hides(self, mark: Any) -> bool:
        """Return whether the paragraph mark is hidden. `mark` is its `w:rPr` element or None."""
        return self._looks.of(mark).hidden

    # Runs

    def _run(self, run: Any) -> None:
        look = self._looks.of(run.find(f"{W}rPr"))
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field_mark(child, look)
            elif tag == f"{W}instrText":
                if self._story.fields and not self._story.fields[-1].in_result:
                    self._story.fields[-1].add(child.text or "")
            elif tag in _RUN:
                if not self._is_shown():
                    continue
                if look.hidden:
                    self._hide(child)
                    continue
                self._was_hidden = False
                if tag in _NOTES and self._note(child):
                    return
                _RUN[tag](self, child, look)

    def _is_shown(self) -> bool:
        return all(field.shows for field in self._story.fields)

    def _hide(self, child: Any) -> None:
        """Count hidden text. Neighbouring runs count as one passage."""
        if child.tag == f"{W}t" and not (child.text or "").strip():
            return
        if not self._was_hidden:
            self._removed["hidden"] += 1
        self._was_hidden = True

    def _wraps(self, look: RunLook) -> Wraps:
        href = self._href
        for field in self._story.fields:
            href = field.href or href
        return (f'a href="{attribute(href)}"', *look.wraps) if href else look.wraps

    def _text(self, child: Any, look: RunLook) -> None:
        text = child.text or ""
        shown = symbols.text(text, look.font, is_latin=look.is_latin) if look.font else text
        self.line.text(shown, self._wraps(look))

    def _constant(self, child: Any, look: RunLook) -> None:
        self.line.text(_CONSTANTS[child.tag], self._wraps(look))

    def _break(self, _child: Any, look: RunLook) -> None:
        self.line.markup("<br>", self._wraps(look))

    def _symbol(self, child: Any, look: RunLook) -> None:
        name = W if child.tag == f"{W}sym" else W16SE
        code = child.get(f"{name}char") or ""
        if 0 < len(code) <= 6 and all(one in "0123456789abcdefABCDEF" for one in code):
            self.line.text(symbols.char(child.get(f"{name}font") or "", int(code, 16)), self._wraps(look))

    def _ruby(self, child: Any, look: RunLook) -> None:
        parts = []
        for name in ("rubyBase", "rt"):
            inner = InlineText()
            part = child.find(W + name)
            if part is not None:
                outer, self.line = self.line, inner
                self.read(part)
                self.line = outer
            parts.append(inner)
        base, reading = parts
        if not base.is_blank or not reading.is_blank:
            rt = "" if reading.is_blank else f"<rt>{reading.html()}</rt>"
            self.line.markup(f"<ruby>{base.html()}{rt}</ruby>", self._wraps(look))

    def _note(self, child: Any) -> bool:
        """Write the mark of a note. Returns true if the rest of the run is a custom mark, such as `*`, and is used up."""
        kind, name = _NOTES[child.tag], child.get(f"{W}id") or ""
        if self._story.is_note:
            return False
        notes, key = self._story.reading.notes, f"{kind} {name}"
        follows = (child.get(f"{W}customMarkFollows") or "0").lower() in ("1", "true", "on")
        following = islice(child.itersiblings(), _SIGN_ELEMENTS) if follows else ()
        sign = "".join(one.text or "" for one in following if one.tag == f"{W}t")
        if notes.knows(key):
            self.line.markup(notes.again(key, sign))
        else:
            self._story.reading.waiting.append((notes.begin(key), kind, name))
            self.line.markup(notes.mark(key, sign))
        return bool(sign.strip())

    def _nothing(self, _child: Any, _look: RunLook) -> None:
        """Skip an element that another handler has read already."""

    # Drawings

    def _drawing(self, child: Any, look: RunLook) -> None:
        drawn = Drawn()
        drawn.collect(child)
        self._removed.update(+Counter(hidden=drawn.hidden))
        self.boxes += drawn.boxes
        self.has_rule = self.has_rule or drawn.is_rule
        for name in drawn.pictures:
            number = self._picture(name)
            if text := pictures.mark(number, drawn.description):
                self.line.text(f" {text} ", self._wraps(look))
            drawn.description = ""
        for words in drawn.words:
            self.line.text(f" {words} ", self._wraps(look))

    def _picture(self, name: str) -> int:
        relationship = self._story.relationships.get(name)
        if relationship is None or relationship.kind != "image":
            self._removed["picture"] += 1
            return 0
        if relationship.is_external:
            return 0
        return self._story.reading.pictures.number(relationship.target, self._story.reading.parts.data)

    # Fields

    def _field_mark(self, mark: Any, look: RunLook) -> None:
        is_closed = self._story.marks.get(mark)
        opened = self._story.fields
        kind = mark.get(f"{W}fldCharType")
        if is_closed is None:
            return
        if kind == "begin":
            field = fields.WordField(is_closed)
            field.check_box = content_controls.legacy_box(mark)
            if field.check_box is None:
                field.check_box = content_controls.legacy_choice(mark)
            opened.append(field)
        elif kind == "separate" and opened:
            opened[-1].in_result = True
            self._begin_result(opened[-1])
        elif kind == "end" and opened:
            self._end_field(opened.pop(), look)

    def _begin_result(self, field: fields.WordField) -> None:
        code = "".join(field.code)
        field.href = fields.href(code)
        field.is_dropped = self._drops(code)

    def _drops(self, code: str) -> bool:
        """Count private data in the code of a field. Returns whether the field's result must be removed, too."""
        if fields.is_file_link(code):
            self._removed["external-link"] += 1
        dropped = fields.name(code) in fields.DROPPED
        if dropped:
            self._removed["field-code"] += 1
        return dropped

    def _end_field(self, field: fields.WordField, look: RunLook) -> None:
        if look.hidden or not self._is_shown():
            return
        if field.check_box is not None:
            self.line.text(field.check_box, self._wraps(look))
        elif not field.in_result and (html := fields.shown("".join(field.code))):
            self.line.markup(html, self._wraps(look))

    # Elements around runs

    def _simple_field(self, element: Any) -> None:
        code = element.get(f"{W}instr") or ""
        if not self._drops(code):
            self._linked(element, fields.href(code))

    def _hyperlink(self, element: Any) -> None:
        relationship = self._story.relationships.get(element.get(f"{R}id") or "")
        href = addresses.web(relationship.target) if relationship and relationship.is_external else None
        if relationship and href is None and not addresses.is_anchor(relationship.target):
            self._removed["external-link"] += 1
        self._linked(element, href)

    def _linked(self, element: Any, href: str | None) -> None:
        outer, self._href = self._href, href or self._href
        self.read(element)
        self._href = outer

    def _control(self, element: Any) -> None:
        box = content_controls.check_box(element)
        if box is not None:
            self.line.text(box)
            return
        content = content_controls.content(element, self._removed)
        if content is not None:
            self.read(content)

    def _equation(self, element: Any) -> None:
        if self._is_shown() and (html := equations.write(element)):
            self.line.markup(html)


_SIGN_ELEMENTS = 8
"""Maximum number of elements after a note's mark that are searched for a custom mark, such as `*`."""
_CONSTANTS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_Run = Callable[[ParagraphReader, Any, RunLook], None]
_RUN: dict[Any, _Run] = {
    f"{W}t": ParagraphReader._text,
    f"{W}br": ParagraphReader._break,
    f"{W}cr": ParagraphReader._break,
    **dict.fromkeys(_CONSTANTS, ParagraphReader._constant),
    f"{W}sym": ParagraphReader._symbol,
    f"{W16SE}symEx": ParagraphReader._symbol,
    f"{W}ruby": ParagraphReader._ruby,
    f"{W}drawing": ParagraphReader._drawing,
    f"{W}pict": ParagraphReader._drawing,
    **dict.fromkeys(_NOTES, ParagraphReader._nothing),
}
_CONTENT: dict[Any, Callable[[ParagraphReader, Any], None]] = {
    f"{W}r": ParagraphReader._run,
    f"{W}hyperlink": ParagraphReader._hyperlink,
    f"{W}fldSimple": ParagraphReader._simple_field,
    f"{W}sdt": ParagraphReader._control,
    f"{M}oMath": ParagraphReader._equation,
    f"{M}oMathPara": ParagraphReader._equation,
    **dict.fromkeys(
        (f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo")),
        ParagraphReader.read,
    ),
}
