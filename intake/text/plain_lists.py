"""Convert plain text with lists (format `light`) to HTML."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from intake.text import plain

MAX_LEVEL = 8
_TAB = 4
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-•*])|(?P<number>\d{1,3})\.) +(?P<text>\S.*)", re.DOTALL
)
# A line of asterisks and dashes separates passages.
_RULE = re.compile(r"[\s*•-]*")


class _Line(NamedTuple):
    """Line of a text. `tag` is `ul` or `ol` for an item of a list, with its indent and its number."""

    text: str
    tag: str = ""
    indent: int = 0
    number: int = 1
    is_sure: bool = True


def lists(text: str) -> str:
    """Convert a text, already free of invisible characters, to HTML.

    Lines that begin with `- `, `• ` or `1. ` become list items, lines with `* ` only next to another item. An indented
    item is nested in the one before. Other signs, such as a dash before speech or a full-width number, stay text.
    """
    if text.count("\n") > plain.MAX_LINES:
        return plain.paragraphs(text)
    parts: list[str] = []
    waiting: list[str] = []
    for block in plain.blocks(text):
        found = list(_sure(list(map(_line, block.split("\n")))))
        if any(line.tag for line in found):
            parts += [plain.written(waiting), *_block(found)]
            waiting = []
        else:
            waiting.append(block)
    html = "".join([*parts, plain.written(waiting)])
    # A blank line between two items does not end a list. A list that starts at another number than 1 stays
    # separate.
    return html.replace("</ul><ul>", "").replace("</ol><ol>", "")


def _line(text: str) -> _Line:
    found = _ITEM.fullmatch(text)
    if not found or (found["bullet"] == "*" and _RULE.fullmatch(text)):
        return _Line(text)
    tag = "ul" if found["bullet"] else "ol"
    indent = len(found["indent"].expandtabs(_TAB))
    return _Line(found["text"].strip(), tag, indent, int(found["number"] or 1), found["bullet"] != "*")


def _sure(found: list[_Line]) -> Iterator[_Line]:
    """Lines of a block. A line with an asterisk, without an item above or below, may be a footnote, and stays text."""
    for place, line in enumerate(found):
        beside = [*found[max(place - 1, 0) : place], *found[place + 1 : place + 2]]
        yield line if line.is_sure or any(one.tag for one in beside) else _Line(f"* {line.text}")


def _block(found: list[_Line]) -> Iterator[str]:
    words: list[str] = []
    items: list[_Line] = []
    for line in found:
        if line.tag:
            yield from _paragraph(words)
            words = []
            items.append(line)
        else:
            yield from _items(items)
            items = []
            words.append(line.text)
    yield from _paragraph(words)
    yield from _items(items)


def _paragraph(words: list[str]) -> Iterator[str]:
    if paragraph := "\n".join(words).strip(plain.EDGES):
        yield f"<p>{plain.lines(paragraph)}</p>"


def _items(items: list[_Line]) -> Iterator[str]:
    """Items as lists. An item with a deeper indent than the one before is nested in it."""
    opened: list[_Line] = []
    for item in items:
        while opened and item.indent < opened[-1].indent and len(opened) > 1:
            yield f"</li></{opened.pop().tag}>"
        value = ""
        if opened and item.indent > opened[-1].indent and len(opened) < MAX_LEVEL:
            yield _opening(item)
            opened.append(item)
        elif opened and item.tag == opened[-1].tag:
            yield "</li>"
            # Many people number all items with 1, so only a gap in the numbers is kept.
            following = opened[-1].number + 1
            value = f' value="{item.number}"' if item.tag == "ol" and item.number > following else ""
            opened[-1] = opened[-1]._replace(number=max(item.number, following))
        else:
            if opened:
                yield f"</li></{opened.pop().tag}>"
            yield _opening(item)
            opened.append(item)
        yield f"<li{value}>{plain.quote(item.text)}"
    yield from (f"</li></{line.tag}>" for line in reversed(opened))


def _opening(item: _Line) -> str:
    return f'<ol start="{item.number}">' if item.tag == "ol" and item.number != 1 else f"<{item.tag}>"
