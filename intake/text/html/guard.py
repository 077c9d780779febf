"""Limits on HTML before it is parsed. Parsers are quadratic on some input: 64 KB of `<ul><li>` took 15 s.

The HTML of a stranger is parsed by lxml, the cleaned HTML by bleach. Bleach is the slower one.
"""

import re
from collections.abc import Iterable

MAX_CHARS = 1_000_000
MAX_TAGS = 20_000
MAX_INLINE_TAGS = 60_000
"""Maximum number of tags within lines for lxml. Tags of blocks count three times."""
MAX_DEPTH = 100
# Maximum length of a tag without the quoted values of its attributes. lxml compares each attribute with all others:
# 40,000 of them took 20 s. One long value is harmless.
MAX_TAG_CHARS = 8_192
# Maximum number of character references (`&amp;`) for bleach. Joining the text between them takes quadratic time: 17 s
# for 300,000 references.
MAX_ESCAPES = 30_000
# Elements that do not add depth when repeated: void elements, and elements closed by the next of their kind.
_FLAT = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dd", "dt", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup",
        "colgroup", "rp", "rt",
    }
)  # fmt: skip
_INLINE = frozenset({"a", "b", "em", "font", "i", "o:p", "s", "span", "strong", "sub", "sup", "u"})
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+')"""
_VALUES = re.compile(_VALUE)
# Tags by the HTML standard, where a quoted value may hold `>`.
_WHOLE_TAG = re.compile(
    rf"""<[a-zA-Z][^\s/>]*+(?:[\s/]++|(?:=?[^\s/>=]++|=)(?:{_VALUE}|\s*+=\s*+(?:[^\s"'>][^\s>]*+)?)?)*"""
)
_PAYLOAD = re.compile(
    r"""(<img\b[^<>]*?\bsrc\s*=\s*)(?:"data:[^"<>]*"|'data:[^'<>]*'|data:[^\s"'<>]*)""", re.IGNORECASE
)


def without_payloads(raw: str) -> str:
    """Remove inline image data, which may be larger than the text.

    The `<img>` tags stay, because only a parser knows where a tag ends.
    """
    return _PAYLOAD.sub(r'\1""', raw)


def may_be_parsed(raw: str) -> bool:
    """Return whether `raw` is within the limits for lxml.

    Runs in linear time. Rejected HTML is kept as plain text.
    """
    return len(raw) <= MAX_CHARS and _has_few_tags(raw, MAX_INLINE_TAGS, 3) and not _has_long_tag(raw)


def may_be_bleached(html: str) -> bool:
    """Return whether cleaned HTML is within the limits for bleach. Runs in linear time."""
    return len(html) <= MAX_CHARS and html.count("&") <= MAX_ESCAPES and _has_few_tags(html, MAX_TAGS, 1)


def _has_few_tags(raw: str, limit: int, block: int) -> bool:
    """Return whether tags are few and not deeply nested. `block` is the weight of a tag of a block."""
    depth = weight = 0
    for closing, name in _tags(_without_comments(raw)):
        is_flat, is_inline = _KINDS.get(name) or _kind(name.lower())
        if not is_flat:
            depth = depth + 1 if not closing else depth - 1 if depth else 0
        weight += 1 if is_inline else block
        if weight > limit or depth > MAX_DEPTH:
            return False
    return True


def _tags(text: str) -> Iterable[tuple[str, str]]:
    """Return (slash or "", name) of each tag. A list is a third faster, but an iterator saves memory on large texts."""
    if len(text) <= _LISTED_CHARS:
        return _TAG.findall(text)
    return ((found[1], found[2]) for found in _TAG.finditer(text))


def _kind(name: str) -> tuple[bool, bool]:
    return name in _FLAT, name in _INLINE


_LISTED_CHARS = 100_000
_KINDS = {
    name: _kind(name)
    for name in _FLAT
    | _INLINE
    | {"h2", "h3", "h4", "ul", "ol", "blockquote", "div", "table", "pre", "figure"}
}


def _has_long_tag(raw: str) -> bool:
    if len(raw) <= MAX_TAG_CHARS:
        return False
    # Check tags up to the first `>` and tags by the standard, as parsers disagree on where a tag with odd quotes ends.
    parts = (part.partition(">")[0] for part in raw.split("<") if part[:1].isalpha())
    return any(map(_is_long, parts)) or any(_is_long(found.group()) for found in _WHOLE_TAG.finditer(raw))


def _is_long(tag: str) -> bool:
    return len(tag) > MAX_TAG_CHARS and len(_VALUES.sub("", tag)) > MAX_TAG_CHARS


def _without_comments(raw: str) -> str:
    first, *rest = raw.split("<!--")
    # An unclosed comment counts as markup, because parsers disagree on where it ends.
    return first + "".join(part.partition("-->")[2] if "-->" in part else part for part in rest)
