"""Prepare cleaned texts for pages: HTML to show, HTML to edit by hand, and excerpts."""

import re
from html import unescape

from intake.text.html import links
from intake.text.html.allow_list import is_allowed
from intake.text.plain import paragraphs
from intake.text.unicode import direction
from intake.text.words import visible

ELLIPSIS = "…"
BLOCK_ENDS = re.compile(
    r"(</(?:p|h[2-4]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|figure)>|<hr>|<(?:ul|ol|blockquote|table)(?: [^<>]*)?>)(?=<)"
)
_LINK_AWAY = re.compile('<a href="(?!#)')
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK = re.compile(r"<(p|h[2-4]|pre|blockquote|ul|ol|li|table|td|th)( [^<>]*)?>")
# Browsers ignore the text of inner blocks that have a `dir` when they look for the direction of a block.
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "table"})
_FOLDING = frozenset({"li", "td", "th"})
_NAMED = re.compile(r' dir="(rtl|ltr)"')


def render(html: str) -> str:
    """Prepare stored HTML for a page: external links get `rel` values, and blocks their direction.

    HTML that fails the allow-list is shown as escaped text. Placements of photos stay as they are.
    """
    if not is_allowed(html, with_placements=True):
        return paragraphs(html)
    # In allowed HTML, `<a href="` can only be a link: text holds no `<`, attributes hold no `"`.
    return directed(_LINK_AWAY.sub(f'<a rel="{links.REL}" href="', html))


def directed(html: str) -> str:
    """Cleaned HTML in which each block has a direction: its explicit one, or `auto`.

    A list, table or quotation without an explicit direction has that of its first strong letter.
    """
    parts = _TAG.split(html)
    ahead, next_block = "", False
    # From the end, because the direction of a container depends on the text in it.
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        if place % 2 == 0:
            ahead = direction.first_strong(unescape(part)) or ahead
            next_block = next_block and not part
        elif found := _BLOCK.fullmatch(part):
            named = _NAMED.search(found[2] or "")
            is_container = found[1] in _CONTAINERS or (found[1] in _FOLDING and next_block)
            own = named[1] if named else "rtl" if is_container and ahead == "rtl" else "auto"
            ahead = own if named else ahead
            parts[place] = part if named else f'{part[:-1]} dir="{own}">'
            next_block = True
        else:
            next_block = part == "<hr>"
    return "".join(parts)


def source(html: str) -> str:
    """Format cleaned HTML for editing by hand, with one block on each line.

    Cleaning removes the line breaks again.
    """
    return BLOCK_ENDS.sub(r"\1\n", html)


def excerpt(html: str, chars: int) -> str:
    """Beginning of cleaned HTML as one line of plain text, at most `chars` characters."""
    text = " ".join(visible(html).split())
    if len(text) <= chars:
        return text
    cut = text[: max(chars - 1, 0)]
    whole = cut.rpartition(" ")[0] if not text[len(cut)].isspace() else cut
    return (whole if len(whole) * 2 > len(cut) else cut).rstrip() + ELLIPSIS
