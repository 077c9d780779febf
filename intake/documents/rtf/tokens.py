"""Tokens of an RTF file: group marks, control words, hex bytes, text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d++)?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z]))"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n\0]++)|[\r\n\0]++|\\",
    re.DOTALL,
)
_DIGITS = 11
_LARGEST = 1 << 31


class RtfToken(NamedTuple):
    r"""One token. `kind` is a group name of the pattern: word, hex, symbol, open, close or text.

    `value` is the control word, symbol, or text. `number` is the parameter of a control word, otherwise None.
    Data behind `\bin` are the `value` of a token of the kind "binary".
    """

    kind: str
    value: bytes
    number: int | None = None


def read(data: bytes) -> Iterator[RtfToken]:
    """Split an RTF file into tokens. Accepts any bytes, in linear time."""
    place, match = 0, _TOKEN.match
    while found := match(data, place):
        place = found.end()
        kind = found.lastgroup
        if kind == "number" or kind == "word":
            number = _number(found["number"])
            yield RtfToken("word", found["word"], number)
            if found["word"] == b"bin" and number and number > 0:
                yield RtfToken("binary", data[place : place + number])
                place += number
        elif kind:
            yield RtfToken(kind, found[kind])


def _number(digits: bytes | None) -> int | None:
    if digits is None:
        return None
    return max(-_LARGEST, min(_LARGEST, int(digits[:_DIGITS])))
