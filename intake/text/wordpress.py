"""Cleaned HTML as block markup of WordPress: HTML with comments such as `<!-- wp:paragraph -->`.

The block editor validates each block by saving it again and comparing the HTML. So the markup here is what the blocks of
`@wordpress/block-library` save. Something that no block can hold becomes a block of custom HTML, and nothing is lost.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from lxml import etree

from intake.text.html import notes, placements
from intake.text.html.reader import parse
from intake.text.unicode import direction

_LIST_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BACK = f"{notes.BACK}\ufe0e"
"""Text of a link back, with a variation selector. WordPress replaces the bare sign by an emoji image of another server.

WordPress adds the selector in its own footnotes, too.
"""
_LISTS = ("ul", "ol")
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_BLOCKS = frozenset({"p", "pre", "blockquote", "table", "hr", *_LISTS, *_HEADINGS})


class _NoBlock(Exception):
    """No block of WordPress can hold this element."""


def to_block_markup(html: str, photo: Callable[[uuid.UUID], str], site: str = direction.LTR) -> str:
    """Convert cleaned HTML to block markup, one block after the other.

    `photo` returns the block for a placed photo, or an empty string. `site` is the direction of the site, `ltr` or `rtl`.
    Links of footnotes stay links within the page.
    """
    found = [block for part, placed in placements.parts(html) for block in _part(part, placed, photo, site)]
    return "\n\n".join(filter(None, found)) + "\n" if found else ""


def _part(html: str, placed: uuid.UUID | None, photo: Callable[[uuid.UUID], str], site: str) -> Iterator[str]:
    if html:
        body = parse(html).find("body")
        _turn(body, site)
        for link in body.iter("a"):
            if link.text == notes.BACK:
                link.text = _BACK
        yield from _blocks_of(body)
    if placed is not None:
        yield photo(placed)


def _turn(body: Any, site: str) -> None:
    """Keep `dir` only on lists and tables that differ from the site's direction. They become blocks of custom HTML."""
    for element in body.iter(*_LISTS, "table"):
        toward = _toward(element)
        element.attrib.pop("dir", None)
        if toward and toward != site:
            element.set("dir", toward)
            if element.tag in _LISTS:
                element.set("class", "wp-block-list")


def block(name: str, html: str, **attributes: Any) -> str:
    """Put the comments of a block around its HTML. Attributes that are None are left out."""
    kept = {key: value for key, value in attributes.items() if value is not None}
    written = f" {json.dumps(kept, separators=(',', ':'))}" if kept else ""
    return f"<!-- wp:{name}{written} -->\n{html}\n<!-- /wp:{name} -->"


def image_block(source: str, alt: str, caption: str) -> str:
    """Return the block of a picture. `caption` is HTML, and may be empty."""
    words = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}"/>'
    return block(
        "image",
        f'<figure class="wp-block-image size-full">{picture}{words}</figure>',
        sizeSlug="full",
        linkDestination="none",
    )


def _blocks_of(box: Any) -> Iterator[str]:
    """Blocks of the elements in a box. Bare text becomes a paragraph."""
    bare = escape(box.text or "", quote=False)
    for child in box:
        if child.tag in _BLOCKS:
            if bare.strip():
                yield block("paragraph", f"<p>{bare.strip()}</p>")
            yield _block(child)
            bare = escape(child.tail or "", quote=False)
        else:
            bare += _outer(child)
    if bare.strip():
        yield block("paragraph", f"<p>{bare.strip()}</p>")


def _block(element: Any) -> str:
    try:
        return _WRITERS[element.tag](element)
    except _NoBlock:
        return block("html", _outer(element, with_tail=False))


def _paragraph(element: Any) -> str:
    toward = _toward(element)
    attribute = f' dir="{toward}"' if toward else ""
    return block("paragraph", f"<p{attribute}>{_inner(element)}</p>", direction=toward)


def _heading(element: Any) -> str:
    level, toward = _HEADINGS[element.tag], _toward(element)
    # WordPress stores no direction for headings. So set it on the words, and align the heading to their beginning.
    side = "right" if toward == direction.RTL else None
    name = "wp-block-heading" + (f" has-text-align-{side}" if side else "")
    words = turned(_inner(element), toward)
    return block(
        "heading",
        f'<{element.tag} class="{name}">{words}</{element.tag}>',
        textAlign=side,
        level=level if level != 2 else None,
    )


def _preformatted(element: Any) -> str:
    children = list(element)
    if len(children) == 1 and children[0].tag == "code" and not element.text and not children[0].tail:
        return block("code", f'<pre class="wp-block-code"><code>{_inner(children[0])}</code></pre>')
    return block("verse", f'<pre class="wp-block-verse">{_directed(element)}</pre>')


def _rule(_element: Any) -> str:
    return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


def _quotation(element: Any) -> str:
    inside = "\n\n".join(_blocks_of(element))
    return block("quote", f'<blockquote class="wp-block-quote">{inside}</blockquote>')


def _list(element: Any) -> str:
    if element.get("dir"):
        raise _NoBlock
    is_ordered = element.tag == "ol"
    kind = _LIST_TYPES.get(element.get("type") or "") if is_ordered else None
    start = int(element.get("start")) if element.get("start") else None
    is_reversed = True if element.get("reversed") is not None else None
    attributes = (" reversed" if is_reversed else "") + (f' start="{start}"' if start is not None else "")
    style = f' style="list-style-type:{kind}"' if kind else ""
    items = "\n\n".join(map(_item, element))
    return block(
        "list",
        f'<{element.tag}{attributes}{style} class="wp-block-list">{items}</{element.tag}>',
        ordered=True if is_ordered else None,
        type=kind,
        start=start,
        reversed=is_reversed,
    )


def _item(item: Any) -> str:
    """Item of a list: lines of text, then lists. Raises _NoBlock for an item with anything else."""
    if item.tag != "li" or item.get("value") is not None:
        raise _NoBlock
    lines, lists = _lines(item, _LISTS)
    words = _turned(item, "<br>".join(lines))
    if item.get("id"):
        # The items of older versions, such as 6.1, have no id.
        words = f'<span id="{item.get("id")}">{words}</span>'
    return block("list-item", f"<li>{words}{chr(10).join(map(_list, lists))}</li>")


def _table(element: Any) -> str:
    if element.get("dir"):
        raise _NoBlock
    parts = "".join(
        f"<{part.tag}>{''.join(f'<tr>{_cells(row)}</tr>' for row in part)}</{part.tag}>" for part in element
    )
    html = f'<figure class="wp-block-table"><table>{parts}</table></figure>'
    return block("table", html, hasFixedLayout=False)


def _cells(row: Any) -> str:
    return "".join(
        f"<{cell.tag}{_spans(cell)}>{_turned(cell, '<br>'.join(_lines(cell, ())[0]))}</{cell.tag}>"
        for cell in row
    )


def _spans(cell: Any) -> str:
    return "".join(
        f' {name}="{cell.get(name)}"' for name in ("colspan", "rowspan") if cell.get(name) not in (None, "1")
    )


def _lines(box: Any, last: tuple[str, ...]) -> tuple[list[str], list[Any]]:
    """Paragraphs of an item or a cell as lines of HTML, and the elements with a tag of `last` behind them.

    Raises _NoBlock if there are other blocks, or text behind those elements.
    """
    lines: list[str] = [escape(box.text or "", quote=False)]
    ends: list[Any] = []
    for child in box:
        tail = escape(child.tail or "", quote=False)
        if child.tag in last:
            ends.append(child)
        elif child.tag == "p":
            lines += [_turned(child, _inner(child)), ""]
        elif child.tag in _BLOCKS:
            raise _NoBlock
        else:
            lines[-1] += _outer(child, with_tail=False)
        if ends and (child.tag not in last or tail.strip()):
            raise _NoBlock
        lines[-1] += tail
    return [line for line in lines if line.strip()], ends


def _directed(element: Any) -> str:
    return _turned(element, _inner(element))


def _turned(element: Any, html: str) -> str:
    """HTML of a line with the explicit direction of its element. WordPress keeps `dir` on paragraphs only."""
    return turned(html, element.get("dir"))


def turned(html: str, toward: str | None) -> str:
    """HTML of a line in a direction, `ltr` or `rtl`. None adds nothing."""
    return f'<bdi dir="{toward}">{html}</bdi>' if toward and html else html


def _toward(element: Any) -> str | None:
    """Explicit direction of an element, else `rtl` if its first letter belongs to a right-to-left script."""
    return element.get("dir") or rtl_or_none("".join(element.itertext()))


def rtl_or_none(words: str) -> str | None:
    """Return `rtl` if the first letter belongs to a right-to-left script, else None."""
    return direction.RTL if direction.first_strong(words) == direction.RTL else None


def _inner(element: Any) -> str:
    return escape(element.text or "", quote=False) + "".join(map(_outer, element))


def _outer(element: Any, *, with_tail: bool = True) -> str:
    written: str = etree.tostring(element, encoding="unicode", method="html", with_tail=with_tail)
    return written


_WRITERS: dict[str, Callable[[Any], str]] = {
    "p": _paragraph,
    **dict.fromkeys(_HEADINGS, _heading),
    "pre": _preformatted,
    "hr": _rule,
    "blockquote": _quotation,
    "ul": _list,
    "ol": _list,
    "table": _table,
}
