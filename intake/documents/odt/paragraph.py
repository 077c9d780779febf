"""Read the inline content of one paragraph of an OpenDocument text."""

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from intake.documents import addresses, pictures, visibility
from intake.documents.inline import InlineText, Wraps, attribute
from intake.documents.odt.names import DRAW, LOEXT, OFFICE, SVG, TEXT, XLINK
from intake.documents.odt.styles import Properties

if TYPE_CHECKING:
    from intake.documents.odt.story import OdtStory

_MOST_SPACES = 80
_ELEMENTS = ("b", "i", "u", "s")
DROPPED_FIELDS = frozenset(
    {
        "author-name", "author-initials", "initial-creator", "creator", "file-name", "template-name", "printed-by",
        "description", "user-defined", "editing-cycles", "editing-duration", "sender-firstname", "sender-lastname",
        "sender-initials", "sender-title", "sender-position", "sender-email", "sender-phone-private", "sender-phone-work",
        "sender-fax", "sender-company", "sender-street", "sender-city", "sender-postal-code", "sender-country",
        "sender-state-or-province", "script",
    }
)  # fmt: skip
"""Fields whose result names the author, the file or the program."""


class OdtParagraphReader:
    """Reader of one paragraph. `boxes` are blocks of frames that stand in it, as HTML."""

    def __init__(self, story: "OdtStory", style: Properties, *, is_heading: bool) -> None:
        self.line = InlineText()
        self.boxes: list[str] = []
        self.is_hidden = False
        self._story = story
        self._removed = story.reading.removed
        self._styles = story.reading.styles
        # A heading is bold because of its style. The author did not mean that as emphasis.
        base = {name: value for name, value in style.items() if not (is_heading and name in _ELEMENTS)}
        self._background = base.pop("background", None) or story.place.background
        self._looks = [base]
        self._hrefs: list[str] = []
        self._silent = bool(base.get("hidden"))
        self._ends_hidden = False

    def read(self, element: Any) -> None:
        """Read the text and the children of a paragraph, or of an element in it."""
        self._text(element.text)
        for child in element:
            self.read_child(child)

    def read_child(self, child: Any) -> None:
        """Read an element inside of a paragraph, and the text behind it."""
        handler = _INLINE.get(child.tag)
        if handler is not None:
            handler(self, child)
        elif child.tag in _CONSTANTS:
            self._text(_CONSTANTS[child.tag])
        elif isinstance(child.tag, str) and child.tag.startswith(TEXT):
            self._field(child)
        self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._silent:
            self._hide(text)
            return
        self.line.text(text, self._wraps())

    def _hide(self, text: str) -> None:
        if text.strip():
            self._removed["hidden"] += not self._ends_hidden
            self._ends_hidden = True

    def _wraps(self) -> Wraps:
        self._ends_hidden = False
        found = self._looks[-1]
        wraps = [name for name in _ELEMENTS if found.get(name)]
        if found.get("align"):
            wraps.append(found["align"])
        background = found.get("background") or self._background
        if span := visibility.style(found.get("color"), background, found.get("points")):
            wraps.append(span)
        return (f'a href="{attribute(self._hrefs[-1])}"', *wraps) if self._hrefs else tuple(wraps)

    def _span(self, element: Any) -> None:
        own = self._styles.read("text", element.get(f"{TEXT}style-name") or "")
        outer = self._silent
        self._looks.append(self._looks[-1] | own)
        self._silent = bool(self._looks[-1].get("hidden"))
        self.read(element)
        self._looks.pop()
        self._silent = outer

    def _link(self, element: Any) -> None:
        target = element.get(f"{XLINK}href") or ""
        href = addresses.web(target)
        if href is None:
            self._removed["external-link"] += not addresses.is_anchor(target)
            self._span(element)
            return
        self._hrefs.append(href)
        self._span(element)
        self._hrefs.pop()

    def _field(self, element: Any) -> None:
        """Write the result of a field, unless it names a person. Unknown elements are read as their text."""
        if element.tag.removeprefix(TEXT) in DROPPED_FIELDS:
            self._removed["field-code"] += 1
        elif element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true":
            self._hide("".join(element.itertext()) or "-")
        else:
            self.read(element)

    def _hidden_paragraph(self, element: Any) -> None:
        self.is_hidden = self.is_hidden or element.get(f"{TEXT}is-hidden") != "false"

    def _hidden_text(self, element: Any) -> None:
        if element.get(f"{TEXT}is-hidden") == "false":
            self.read(element)
        else:
            self._removed["hidden"] += 1

    def _space(self, element: Any) -> None:
        # HTML collapses repeated spaces, but at the start of a line they are the indent of a verse.
        count = element.get(f"{TEXT}c") or "1"
        known = self.line.at_line_start and count.isascii() and count.isdecimal() and len(count) < 4
        if not self._silent:
            self.line.text(" " * (min(int(count), _MOST_SPACES) if known else 1), self._wraps())

    def _break(self, _element: Any) -> None:
        if not self._silent:
            self.line.markup("<br>", self._wraps())

    def _note(self, element: Any) -> None:
        notes, place = self._story.reading.notes, self._story.place
        if self._silent:
            self._hide("-")
            return
        body = element.find(f"{TEXT}note-body")
        if place.is_note or body is None:
            return
        citation = element.find(f"{TEXT}note-citation")
        label = "" if citation is None else citation.get(f"{TEXT}label") or ""
        # The id of a note may be missing, so its number is the key.
        key = str(len(self._story.reading.waiting))
        self._story.reading.waiting.append((notes.begin(key), body))
        self.line.markup(notes.mark(key, label))

    def _ruby(self, element: Any) -> None:
        parts = []
        outer = self.line
        for name in ("ruby-base", "ruby-text"):
            self.line = InlineText()
            part = element.find(TEXT + name)
            if part is not None:
                self.read(part)
            parts.append(self.line)
        self.line = outer
        base, reading = parts
        if not base.is_blank or not reading.is_blank:
            rt = "" if reading.is_blank else f"<rt>{reading.html()}</rt>"
            self.line.markup(f"<ruby>{base.html()}{rt}</ruby>", self._wraps())

    def _drop_down(self, element: Any) -> None:
        """Write the chosen entry of a drop-down list, which is text. Its child elements are the other entries."""
        self._text(element.text)
        for child in element:
            self._text(child.tail)

    def _control(self, element: Any) -> None:
        if element.get(f"{LOEXT}showing-place-holder") == "true":
            self._removed["placeholder"] += 1
        elif element.get(f"{LOEXT}checkbox") == "true":
            self._text("☑" if element.get(f"{LOEXT}checked") == "true" else "☐")
        else:
            self.read(element)

    def _comment(self, _element: Any) -> None:
        self._removed["comment"] += 1

    def _placeholder(self, _element: Any) -> None:
        self._removed["placeholder"] += 1

    def _nothing(self, _element: Any) -> None:
        """Skip an element that shows no text."""

    # Frames

    def _frame(self, element: Any) -> None:
        style = self._styles.read("graphic", element.get(f"{DRAW}style-name") or "")
        if self._silent or element.get(f"{DRAW}display") == "none" or style.get("hidden"):
            self._hide("-")
            return
        title, words = element.find(f"{SVG}title"), element.find(f"{SVG}desc")
        description = next((one.text for one in (title, words) if one is not None and one.text), "")
        background = style.get("background") or self._story.place.background
        formula = self._formula(element)
        for child in element:
            if child.tag == f"{DRAW}text-box":
                self._box(child, background)
            elif child.tag == f"{DRAW}image" and not formula and self._image(child, description or ""):
                # A frame may hold the same picture in several formats. Only the first readable one is used.
                break
        if any(child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list") for child in element):
            self._box(element, background)
        elif element.tag != f"{DRAW}frame":
            self.read_shapes(element)

    def read_shapes(self, element: Any) -> None:
        """Read the shapes of a group."""
        for child in element:
            handler = _INLINE.get(child.tag)
            if handler is not None and child.tag.startswith(DRAW):
                handler(self, child)

    def _box(self, element: Any, background: str | None) -> None:
        html = self._story.inner(element, self._story.place._replace(background=background))
        if html:
            self.boxes.append(html)

    def _image(self, element: Any, description: str) -> bool:
        target = element.get(f"{XLINK}href") or ""
        if ":" in target.split("/", 1)[0] or target.startswith(("/", "..")):
            self._removed["external-link"] += 1
            return False
        name = posixpath.normpath(unquote(target)).lstrip("./")
        number = 0
        if name.lower().startswith(("pictures/", "media/")):
            number = self._story.reading.pictures.number(name, self._story.reading.package.read)
        text = pictures.mark(number, description)
        self._text(f" {text} " if text else None)
        return bool(number)

    def _formula(self, element: Any) -> bool:
        """Write a formula, which is an embedded object. Count other embedded objects. Returns whether there was a formula."""
        written = False
        for child in element:
            if child.tag == f"{DRAW}object":
                html = self._story.reading.formulas.write(child)
                if html:
                    self.line.markup(f" {html} ", self._wraps())
                    written = True
                else:
                    self._removed["embedded"] += 1
            elif child.tag in (
                f"{DRAW}object-ole",
                f"{DRAW}plugin",
                f"{DRAW}applet",
                f"{DRAW}floating-frame",
            ):
                self._removed["embedded"] += 1
        return written


_CONSTANTS = {
    f"{TEXT}tab": "\t",
    f"{TEXT}soft-hyphen": "\u00ad",
    f"{TEXT}non-breaking-hyphen": "\u2011",
}
_Inline = Callable[[OdtParagraphReader, Any], None]
_INLINE: dict[Any, _Inline] = {
    f"{TEXT}span": OdtParagraphReader._span,
    f"{TEXT}a": OdtParagraphReader._link,
    f"{TEXT}s": OdtParagraphReader._space,
    f"{TEXT}line-break": OdtParagraphReader._break,
    f"{TEXT}note": OdtParagraphReader._note,
    f"{TEXT}ruby": OdtParagraphReader._ruby,
    f"{TEXT}hidden-text": OdtParagraphReader._hidden_text,
    f"{TEXT}hidden-paragraph": OdtParagraphReader._hidden_paragraph,
    f"{TEXT}drop-down": OdtParagraphReader._drop_down,
    f"{TEXT}placeholder": OdtParagraphReader._placeholder,
    f"{LOEXT}content-control": OdtParagraphReader._control,
    f"{OFFICE}annotation": OdtParagraphReader._comment,
    f"{OFFICE}annotation-end": OdtParagraphReader._nothing,
    f"{DRAW}a": OdtParagraphReader.read_shapes,
    f"{DRAW}g": OdtParagraphReader._frame,
    f"{DRAW}frame": OdtParagraphReader._frame,
    **dict.fromkeys(
        (
            f"{DRAW}{name}"
            for name in ("custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "caption")
        ),
        OdtParagraphReader._frame,
    ),
}
