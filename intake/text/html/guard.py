"""Limits on HTML before it is parsed. Parsers are quadratic on some input: 64 KB of `<ul><li>` took 15 s."""

import re

MAX_CHARS = 1_000_000
MAX_TAGS = 20_000
MAX_DEPTH = 100
MAX_TAG_CHARS = 8_192
# Maximum number of character references (`&amp;`). Joining the text between references in bleach takes
# quadratic time: 17 s for 300,000 references.
MAX_ESCAPES = 10_000
# Elements that do not add depth when repeated: void elements, and elements closed by the next of their kind.
_FLAT = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dd", "dt", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup",
        "colgroup", "rp", "rt",
    }
)  # fmt: skip
# Groups: slash, name, and the attributes if they are too long.
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/<>]*+)([^<>]{{{MAX_TAG_CHARS + 1}}})?")
_PAYLOAD = re.compile(
    r"""(<img\b[^<>]*?\bsrc\s*=\s*)(?:"data:[^"<>]*"|'data:[^'<>]*'|data:[^\s"'<>]*)""", re.IGNORECASE
)


def without_payloads(raw: str) -> str:
    """Remove inline image data, which may be larger than the text.

    The `<img>` tags stay, because only a parser knows where a tag ends.
    """
    return _PAYLOAD.sub(r'\1""', raw)


def may_be_parsed(raw: str) -> bool:
    """Return whether `raw` is within the limits above.

    Runs in linear time. Rejected HTML is kept as plain text.
    """
    if len(raw) > MAX_CHARS or raw.count("&") > MAX_ESCAPES:
        return False
    depth = 0
    for tags, found in enumerate(_TAG.finditer(_without_comments(raw)), 1):
        closing, name, is_long = found.groups()
        if name.lower() not in _FLAT:
            depth = depth + 1 if not closing else depth - 1 if depth else 0
        if is_long or tags > MAX_TAGS or depth > MAX_DEPTH:
            return False
    return True


def _without_comments(raw: str) -> str:
    first, *rest = raw.split("<!--")
    # An unclosed comment counts as markup, because parsers disagree on where it ends.
    return first + "".join(part.partition("-->")[2] if "-->" in part else part for part in rest)
