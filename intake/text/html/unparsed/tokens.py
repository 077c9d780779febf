"""Tags and comments of HTML source, found without a parser by the rules of the HTML standard (13.2.5)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from intake.text import plain

# Text in `<![CDATA[`, and after a `<` that begins no tag, is kept as visible text.
_OPENING = re.compile(
    r"<!--|<!(?=[a-zA-Z]|\[(?!CDATA\[))|<\?(?=[a-zA-Z])|<(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)(?=[\s/>])"
)
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?"""
_ATTRIBUTES = re.compile(rf"(?:[\s/]++|(?:=?[^\s/>=]++|=)(?:{_VALUE})?)*")
_ATTRIBUTE = re.compile(rf"([^\s/>=]++)({_VALUE})?")
_COMMENT_END = re.compile(r"--!?>")
_IS_QUOTED = re.compile(r"""=\s*+["']""")
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""Elements whose content is not markup → pattern of the end of the content."""


class Tag(NamedTuple):
    """Tag or comment between two places of the source. A comment has no name."""

    start: int
    end: int
    name: str = ""
    is_closing: bool = False
    attributes: str = ""


def find(source: str) -> Iterator[Tag]:
    """Find the tags and comments of HTML source in their order. Runs in linear time.

    An unfinished comment goes on to the end, and so does an unfinished tag with quoted values.
    """
    last = source.rfind(">")
    place, by_quotes = 0, True
    while found := _OPENING.search(source, place):
        if not found[2]:
            tag = Tag(found.start(), _end_of_comment(source, found))
        else:
            tag, by_quotes = _tag(source, found, last, by_quotes=by_quotes)
            if tag.end < 0:
                if _IS_QUOTED.search(source, found.end()):
                    yield Tag(found.start(), len(source))
                return
        yield tag
        place = tag.end
        if not tag.is_closing and (raw := _RAW_ENDS.get(tag.name)):
            end = raw.search(source, place)
            place = end.start() if end else len(source)


def _end_of_comment(source: str, found: re.Match[str]) -> int:
    if found.group() != "<!--":
        return source.find(">", found.end()) + 1 or len(source)
    if short := re.compile("-?>").match(source, found.end()):
        return short.end()
    end = _COMMENT_END.search(source, found.end())
    return end.end() if end else len(source)


def _tag(source: str, found: re.Match[str], last: int, *, by_quotes: bool) -> tuple[Tag, bool]:
    """Tag that begins at a place, with `end` -1 if it has no end. Returns also whether quoted values may hold `>`.

    If a quote is never closed, quotes are ignored from there on, and each tag ends at the next `>`.
    """
    start, end = found.end(), -1
    if by_quotes and (rest := _ATTRIBUTES.match(source, start)):
        end = rest.end() if rest.end() < len(source) else -1
    if end < 0 and start <= last:
        by_quotes, end = False, source.find(">", start)
    name, is_closing = found[2].lower(), bool(found[1])
    return Tag(found.start(), end + 1 or -1, name, is_closing, source[start : max(end, start)]), by_quotes


def values(attributes: str) -> dict[str, str]:
    """Values of the attributes in a tag. Of two with the same name, the first counts."""
    found: dict[str, str] = {}
    for name, written in _ATTRIBUTE.findall(attributes):
        value = written.lstrip(" \t\r\n\f=")
        bare = value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[:1] else value
        found.setdefault(name.lower(), plain.unescaped(bare))
    return found
