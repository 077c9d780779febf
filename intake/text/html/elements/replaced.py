"""Elements that stand for words which are not between their tags: form fields, check boxes, emoji, drawings."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from intake.text.html.removals import nodes
from intake.text.unicode import tables

OPEN_BOX, TICKED_BOX = "☐", "☑"
_OTHER_TYPES = frozenset({"hidden", "password", "file", "image", "range", "color", "checkbox", "radio"})
_ALT_CHARS = 32
_EMOJI_CLASS = re.compile(r"emoji|emoticon|smil(?:ey|ie)", re.IGNORECASE)
_FORMULA_CLASS = re.compile(r"\b(?:mwe-math|latex\b|tex\b|equation)", re.IGNORECASE)
# Pictures of any kind and the characters that join them. Letters and digits are words, not emoji.
_EMOJI = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_STATES = {
    "true": TICKED_BOX, "mixed": TICKED_BOX, "checked": TICKED_BOX, "checkbox-on": TICKED_BOX,
    "false": OPEN_BOX, "unchecked": OPEN_BOX, "checkbox-off": OPEN_BOX,
}  # fmt: skip
_ANY_CHECK_BOX = etree.XPath(
    "boolean(//en-todo | //@*[contains('|aria-checked|data-list|data-checked|data-inline-task-id|', concat('|', name(), '|'))"
    " or (name() = 'class' and contains(., 'checkbox-o')) or (name() = 'style' and contains(., '--en-checked'))])"
)
_EVERNOTE = re.compile(r"--en-checked\s*:\s*(true|false)", re.IGNORECASE)
_STATE_NAMES = ("data-list", "data-checked", "checked", "class")
_UNSEEN = frozenset(
    {
        "title", "desc", "metadata", "style", "script", "defs", "symbol", "marker", "pattern", "clippath", "mask",
        "lineargradient", "radialgradient", "filter",
    }
)  # fmt: skip
# By the HTML standard, each of these tags ends an `<svg>`. The parser of lxml keeps the element inside it.
_HTML = frozenset(
    {
        "p", "div", "ul", "ol", "dl", "li", "table", "blockquote", "center", "h1", "h2", "h3", "h4", "h5", "h6", "pre",
        "b", "i", "em", "strong", "span", "u", "s", "sub", "sup", "br", "hr", "code", "small", "tt", "var", "big",
        "body", "menu", "nobr", "strike", "img",
    }
)  # fmt: skip


# Attributes and properties that make the text of a drawing invisible.
_UNSEEN_LOOKS = frozenset(
    {
        *(("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")),
        *(
            (name, zero)
            for name in ("opacity", "fill-opacity", "font-size")
            for zero in ("0", "0.0", "0%", "0px", ".0")
        ),
        *(
            ("fill", color)
            for color in ("none", "transparent", "white", "#fff", "#ffffff", "rgb(255,255,255)")
        ),
    }
)
_LOOK_NAMES = ("display", "visibility", "opacity", "fill-opacity", "font-size", "fill")


class Field(NamedTuple):
    """Words of a form field. `is_mark` is true for check boxes and radio buttons, which precede their label."""

    text: str = ""
    is_mark: bool = False


def field(element: Any) -> Field:
    """Words that a browser shows for `<input>`, `<select>` or `<textarea>`."""
    if element.tag == "select":
        return Field(_chosen(element))
    if element.tag == "textarea":
        return Field("".join(element.itertext()).removeprefix("\n"))
    kind = _type(element)
    ticked = element.get("checked") is not None
    if kind == "checkbox":
        return Field(TICKED_BOX if ticked else OPEN_BOX, is_mark=True)
    if kind == "radio":
        return Field("●" if ticked else "○", is_mark=True)
    return Field(element.text or "")


def spell_out(tree: Any) -> None:
    """Put the values of form fields, and the emoji and formulas that images stand for, between their tags.

    Later steps can then read these words, or remove them as hidden or deleted, like all others.
    """
    for element in [one for one in tree.iter("image") if one.text or len(one)]:
        _part_from_words(element)
    for element in tree.iter("input", "img", "image"):
        nodes.put(element, "text", _value(element) if element.tag == "input" else _alternative(element))


def _part_from_words(image: Any) -> None:
    """Split an `<image>` into an `<img>` and its content, because browsers read `<image>` as the empty `<img>`."""
    picture = image.makeelement("img")
    for name, value in image.items():
        # lxml refuses control characters in attributes. A name with them is none that HTML defines, so it is dropped.
        with contextlib.suppress(ValueError):
            picture.set(name, value)
    image.addprevious(picture)
    image.attrib.clear()
    image.tag = "span"


def _value(element: Any) -> str:
    # Browsers show a field of unknown type as a text field.
    return (element.get("value") or "").strip() if _type(element) not in _OTHER_TYPES else ""


def _type(element: Any) -> str:
    return (element.get("type") or "").strip().lower()


def has_check_boxes(tree: Any) -> bool:
    """Return whether an element of a tree may be a check box for `check_box`."""
    return tree is not None and bool(_ANY_CHECK_BOX(tree))


def check_box(element: Any) -> str:
    """☐ or ☑ if a role, class or data attribute makes an element a check box, otherwise an empty string."""
    names = element.keys()
    if not names and element.tag != "en-todo":
        return ""
    state = element.get("aria-checked") if element.get("role") in ("checkbox", "menuitemcheckbox") else None
    if state is None and element.tag in ("li", "div", "en-todo"):
        values = [element.get(name) or "" for name in _STATE_NAMES if name in names]
        state = next((word for value in values for word in value.split() if word in _STATES), None)
        state = state or _state_by_program(element)
    mark = _STATES.get(state or "", "")
    return "" if not mark or any(_is_box(one) for one in element.iterdescendants()) else mark


def _state_by_program(element: Any) -> str | None:
    """State of a check box of Evernote or Confluence, which may write no state for an unchecked box."""
    if element.tag == "en-todo" or (element.tag == "li" and element.get("data-inline-task-id") is not None):
        return "false"
    found = _EVERNOTE.search(element.get("style") or "") if element.tag == "li" else None
    return found[1].lower() if found else None


def _alternative(image: Any) -> str:
    """Alternative text of an image that stands for an emoji or a formula, otherwise an empty string."""
    text = " ".join((image.get("alt") or "").split())
    if not text:
        return ""
    name = image.get("class") or ""
    if _FORMULA_CLASS.search(name) or is_emoji(text):
        return text
    return text if len(text) <= _ALT_CHARS and _EMOJI_CLASS.search(name) else ""


def brackets(reading: Any) -> tuple[str, str]:
    """Brackets around `<rt>`, the reading of a word: 漢字(かんじ). Empty if the author wrote them as `<rp>`."""
    parent, before, after = reading.getparent(), reading.getprevious(), reading.getnext()
    if not "".join(reading.itertext()).strip() or parent is None or parent.tag in ("rt", "rtc"):
        return "", ""
    follows = before is not None and before.tag in ("rt", "rp") and not (before.tail or "").strip()
    goes_on = after is not None and after.tag in ("rt", "rp") and not (reading.tail or "").strip()
    return "" if follows else "(", "" if goes_on else ")"


def is_caption(element: Any, tag: str) -> bool:
    """Return whether a block is the caption of a figure, also in the older markup of WordPress."""
    return tag == "figcaption" or (
        tag in ("p", "dd") and "wp-caption-text" in (element.get("class") or "").split()
    )


def is_emoji(text: str) -> bool:
    """Return whether a text consists of emoji only."""
    rest = _EMOJI.sub("", text).replace(" ", "")
    return (
        len(text) <= _ALT_CHARS
        and all(map(_is_picture, rest))
        and bool(rest or text.strip("\u200d\ufe0e\ufe0f "))
    )


def drawn(drawing: Any) -> Iterator[Any]:
    """Elements and pieces of text in an `<svg>` that a browser shows, in reading order."""
    ended = False
    walker = etree.iterwalk(drawing, events=("start", "end"))
    for event, element in walker:
        if element is drawing:
            continue
        if event == "end":
            if ended and element.tail:
                yield element.tail
            continue
        if _is_unseen(element):
            walker.skip_subtree()
            continue
        ended = ended or element.tag in _HTML
        if ended or element.tag in ("text", "foreignobject"):
            yield element
            walker.skip_subtree()
        elif element.tag in _UNSEEN:
            walker.skip_subtree()


def is_properties(island: Any) -> bool:
    """Return whether an `<xml>` element holds document properties written by Word, and no words."""
    return any(isinstance(one.tag, str) and ":" in one.tag for one in island.iterdescendants())


def _is_unseen(element: Any) -> bool:
    """Return whether an element of a drawing is invisible by its own attributes or `style`."""
    named = [(name, element.get(name)) for name in _LOOK_NAMES if element.get(name)]
    rules = (rule.partition(":") for rule in (element.get("style") or "").split(";"))
    looks = [*named, *((name, value) for name, _, value in rules)]
    return any(
        (name.strip().lower(), value.lower().replace("!important", "").replace(" ", "")) in _UNSEEN_LOOKS
        for name, value in looks
    )


def _chosen(select: Any) -> str:
    options = list(select.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return ", ".join(filter(None, (" ".join("".join(one.itertext()).split()) for one in chosen)))


def _is_box(element: Any) -> bool:
    if element.tag == "input":
        return _type(element) == "checkbox"
    return element.get("role") == "checkbox" or "checkbox-o" in (element.get("class") or "")


def _is_picture(char: str) -> bool:
    return not char.isalnum() and char in tables.points("pictograph")
