"""Steps of the Markdown parser that take out HTML which no reader sees: scripts, styles, comments."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from intake.documents.markdown import raw_html

_BLOCK = re.compile(r"[ ]{0,3}<(?:(script|style)[\s>]|!--)", re.IGNORECASE)
_OPENING = re.compile(r"<(script|style)[\s>]", re.IGNORECASE)


def leave_blocks(state: StateCore) -> None:
    """Parse the rest of a line behind a script or comment as Markdown. CommonMark leaves it as HTML."""
    state.tokens = [found for token in state.tokens for found in _blocks(token)]


def _blocks(token: Token) -> Iterator[Token]:
    found = _BLOCK.match(token.content) if token.type == "html_block" else None
    closing = found and (f"</{found[1].lower()}>" if found[1] else "-->")
    head, end, rest = _split(token.content, closing) if closing else ("", "", "")
    if not end or not rest.strip():
        yield token
        return
    token.content = head + end
    yield token
    yield Token("paragraph_open", "p", 1)
    yield Token("inline", "", 0, content=rest.strip(), children=[], level=1)
    yield Token("paragraph_close", "p", -1)


def _split(content: str, closing: str) -> tuple[str, str, str]:
    place = raw_html.lower(content).rfind(closing)
    end = place + len(closing)
    return (content[:place], content[place:end], content[end:]) if place >= 0 else (content, "", "")


def leave_inline(state: StateCore) -> None:
    """Drop the words between the tags of a script inside a paragraph."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _seen(token.children, state.env["removed"])


def _seen(tokens: list[Token], removed: Counter[str]) -> list[Token]:
    """Tokens outside scripts and styles. A tag that is never closed is kept as text."""
    closings = {
        name: [n for n, one in enumerate(tokens) if _is_html(one) and one.content.lower() == f"</{name}>"]
        for name in raw_html.UNSEEN
    }
    kept, place = [], 0
    while place < len(tokens):
        token = tokens[place]
        found = _OPENING.match(token.content) if _is_html(token) else None
        end = _next(closings[found[1].lower()], place) if found else None
        if found and end:
            raw_html.count(found[1].lower(), removed)
            place = end
        else:
            kept.append(token)
        place += 1
    return kept


def _next(places: list[int], after: int) -> int | None:
    """First of the sorted `places` behind `after`, or None."""
    index = bisect.bisect_right(places, after)
    return places[index] if index < len(places) else None


def _is_html(token: Token) -> bool:
    return token.type == "html_inline"
