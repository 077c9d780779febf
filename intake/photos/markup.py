"""First words of a file that may be text, and the name of its outermost XML or HTML element."""

import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = bytes({*range(32), 0x7F} - set(b"\t\n\f\r\x1b"))
"""Control bytes that do not occur in text, in UTF-8 or in an older eight-bit encoding."""
_NAME = re.compile(r"<(?:[A-Za-z][\w-]{0,40}:)?([A-Za-z][\w-]{0,40})")
_SKIPPED = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
"""Start and end of XML declarations, comments and document types, which stand before the outermost element."""
MIN_BYTES = 16
"""Minimum bytes of a text. Shorter data may look like text by chance, unless it begins like markup."""


def text(head: bytes) -> str | None:
    """Decode the first bytes of a text, or return None for bytes that are no text. Unknown letters become `�`."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if len(head.translate(None, _CONTROLS)) < len(head):
        return None
    if len(head) < MIN_BYTES and not head.startswith(b"<"):
        return None
    return head.decode("utf-8", "replace")


def root(words: str) -> str:
    """Name of the outermost element in lower case, without its namespace prefix. Empty if there is none."""
    at = _space(words, 0)
    while skipped := next((pair for pair in _SKIPPED if words.startswith(pair[0], at)), None):
        if skipped[0] == "<!" and words[at : at + 13].lower() == "<!doctype svg":
            return "svg"
        end = words.find(skipped[1], at)
        if end < 0:
            return ""
        at = _space(words, end + len(skipped[1]))
    found = _NAME.match(words, at)
    return found[1].lower() if found else ""


def _space(words: str, at: int) -> int:
    """Offset of the first character after the white space at `at`."""
    return len(words) - len(words[at:].lstrip())
