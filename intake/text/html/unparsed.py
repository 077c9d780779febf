"""HTML that no parser may read: take the parts that a reader does not see out of its source.

The elements are paired by name in one pass. Of a tag, only its name and the address of a link stay, because programs
write the names of authors into attributes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any, NamedTuple

from lxml import etree

from intake.text.html import links
from intake.text.html.removals import comments, deletions, hiding, page_parts

_UNREAD = {"script": "script", "style": "", "title": "", "template": "", "xml": "properties"}
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
_TOKEN = re.compile(
    r"""<!--|<!\[(?:if|endif)[^\]<>]{0,200}\]>|
    <(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)((?:[\s/]++|[^\s/>=<"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?)*)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s/>=<"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?""")


class _Tag(NamedTuple):
    """Piece of markup that begins and ends at two places of the source. A comment has no name."""

    start: int
    end: int
    name: str = ""
    is_closing: bool = False
    attributes: str = ""


def shown(source: str, removed: Counter[str]) -> str:
    """Source without comments, deleted and hidden elements, and attributes. Counts what goes. Runs in linear time."""
    if "<" not in source:
        return source
    tags = list(_tags(source))
    ends = _ends(tags)
    kept: list[str] = []
    place = 0
    for tag in tags:
        if tag.start < place:
            continue
        kept.append(source[place : tag.start])
        kind = None if tag.is_closing or tag.start not in ends else _kind(tag.name, tag.attributes)
        if kind is not None:
            place = ends[tag.start]
            removed.update([kind] if kind else [])
        else:
            kept.append(_bare(tag))
            place = tag.end
    return "".join([*kept, source[place:]])


def _tags(source: str) -> Iterator[_Tag]:
    place = 0
    while found := _TOKEN.search(source, place):
        start, place = found.span()
        if found[2]:
            yield _Tag(start, place, found[2].lower(), bool(found[1]), found[3])
            continue
        if found.group() == "<!--":
            end = source.find("-->", place)
            if end < 0:
                # An unfinished comment is text, and so are all later ones.
                yield from _tags_without_comments(source, place)
                return
            place = end + len("-->")
        yield _Tag(start, place)


def _tags_without_comments(source: str, place: int) -> Iterator[_Tag]:
    for found in _TOKEN.finditer(source, place):
        if found[2]:
            yield _Tag(*found.span(), found[2].lower(), bool(found[1]), found[3])


def _ends(tags: list[_Tag]) -> dict[int, int]:
    """Start of each element → end of its closing tag."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for tag in tags:
        if tag.is_closing:
            if starts := opened.get(tag.name):
                ends[starts.pop()] = tag.end
        elif tag.name and tag.name not in _VOID:
            opened.setdefault(tag.name, []).append(tag.start)
    return ends


def _bare(tag: _Tag) -> str:
    if not tag.name:
        return ""
    if tag.is_closing:
        return f"</{tag.name}>"
    href = links.clean(_values(tag.attributes).get("href", "")) if tag.name == "a" else None
    return f'<{tag.name} href="{escape(href)}">' if href else f"<{tag.name}>"


@lru_cache(maxsize=2048)
def _kind(name: str, attributes: str) -> str | None:
    """Kind of removed thing that an element is, empty if it needs no telling. None if it stays."""
    if name in _UNREAD:
        return _UNREAD[name]
    element = _element(name, attributes)
    if element is None:
        return None
    if comments.is_part(element):
        return "comment"
    if deletions.is_deleted(element):
        return "deletion"
    if page_parts.is_page_part(element):
        return "header-footer"
    return "hidden" if hiding.hides(element) else None


def _element(name: str, attributes: str) -> Any:
    """Element with a name and attributes, built without a parser. None if it has no attributes that XML can hold."""
    try:
        element = etree.Element(name)
    except ValueError:
        return None
    for key, value in _values(attributes).items():
        try:
            element.set(key, value)
        except ValueError:
            continue
    return element


def _values(attributes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.setdefault(name.lower(), unescape(bare))
    return found
