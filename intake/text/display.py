"""Cleaned texts as pages show them."""

import re

from intake.text.html import links
from intake.text.html.allow_list import holds
from intake.text.plain import paragraphs
from intake.text.words import visible

ELLIPSIS = "…"
BLOCK_ENDS = re.compile(
    r"(</(?:p|h[2-4]|li|ul|ol|blockquote|pre|table|thead|tbody|tr)>|<hr>|<(?:ul|ol|blockquote|table)>)(?=<)"
)
_LINK_AWAY = re.compile('<a href="(?!#)')


def render(html: str) -> str:
    """Stored HTML as a page shows it: links say that they are a stranger's. What does not hold is shown as text."""
    if not holds(html):
        return paragraphs(html)
    # In HTML that holds, `<a href="` can be nothing else: text has no `<`, attributes have no `"`.
    return _LINK_AWAY.sub(f'<a rel="{links.REL}" href="', html)


def source(html: str) -> str:
    """Cleaned HTML for somebody who edits it by hand: a line for each block. Cleaning takes the lines away again."""
    return BLOCK_ENDS.sub(r"\1\n", html)


def excerpt(html: str, chars: int) -> str:
    """The first words of cleaned HTML, on one line of at most `chars` characters."""
    text = " ".join(visible(html).split())
    if len(text) <= chars:
        return text
    cut = text[: max(chars - 1, 0)]
    whole = cut.rpartition(" ")[0] if not text[len(cut)].isspace() else cut
    return (whole if len(whole) * 2 > len(cut) else cut).rstrip() + ELLIPSIS
