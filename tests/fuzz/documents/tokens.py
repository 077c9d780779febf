"""Pieces of a part or file that are moved as a whole: elements of XML, groups of RTF, lines of a text."""

import re
from random import Random

_XML = re.compile(rb"<[^<>]*>|[^<>]+|[<>]")
_RTF = re.compile(rb"\\[a-zA-Z]+-?\d* ?|\\'[0-9a-fA-F]{2}|\\.|[{}]|[^\\{}]+|\\", re.DOTALL)
_LINES = re.compile(rb"[^\n]*\n|[^\n]+")


def split(data: bytes) -> list[bytes]:
    """Tokens of a part or file by its first bytes. Joined, they are the same bytes again."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    pattern = _XML if start.startswith(b"<") else _RTF if start.startswith(b"{\\rt") else _LINES
    return pattern.findall(data)


def opens(token: bytes) -> bool:
    """Return whether a token begins an element or a group."""
    return token == b"{" or (
        token[:1] == b"<" and token[1:2] not in (b"/", b"?", b"!") and token[-2:] != b"/>"
    )


def closes(token: bytes) -> bool:
    """Return whether a token ends an element or a group."""
    return token == b"}" or token[:2] == b"</"


def whole(chance: Random, tokens: list[bytes]) -> tuple[int, int]:
    """Place and end of a random element, group or single token, chosen so that what is around it stays balanced."""
    for _ in range(10):
        start = chance.randrange(len(tokens))
        if not closes(tokens[start]):
            return start, _end(tokens, start)
    return 0, 0


def _end(tokens: list[bytes], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        depth += opens(tokens[place]) - closes(tokens[place])
        if depth <= 0:
            return place + 1
    return len(tokens)
