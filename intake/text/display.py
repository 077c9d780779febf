"""Prepare cleaned texts for pages: HTML to show, HTML to edit by hand, and excerpts."""

import re

from intake.text.html import links
from intake.text.html.allow_list import is_allowed
from intake.text.plain import paragraphs
from intake.text.words import visible

ELLIPSIS = "…"
BLOCK_ENDS = re.compile(
    r"(</(?:p|h[2-4]|li|ul|ol|blockquote|pre|table|thead|tbody|tr)>|<hr>|<(?:ul|ol|blockquote|table)>)(?=<)"
)
_LINK_AWAY = re.compile('<a href="(?!#)')


def render(html: str) -> str:
    """Prepare stored HTML for a page: external links get `rel` values.

    HTML that fails the allow-list is shown as escaped text.
    """
    if not is_allowed(html):
        return paragraphs(html)
    # In allowed HTML, `<a href="` can only be a link: text holds no `<`, attributes hold no `"`.
    return _LINK_AWAY.sub(f'<a rel="{links.REL}" href="', html)


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
