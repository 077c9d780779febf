"""Fields of Word (`{ HYPERLINK … }`): which parts are codes and which are results, and what a code shows."""

import re
from dataclasses import dataclass, field
from typing import Any

from intake.documents import addresses
from intake.documents.docx import symbols
from intake.documents.docx.names import W
from intake.documents.inline import escape

DROPPED = frozenset(
    {
        "FILENAME", "AUTHOR", "LASTSAVEDBY", "TEMPLATE", "USERNAME", "USERINITIALS", "USERADDRESS", "DOCPROPERTY",
        "COMMENTS", "INFO", "EDITTIME", "REVNUM", "DOCVARIABLE",
    }
)  # fmt: skip
"""Fields whose result names the author, the file or the program."""

_CODE_CHARS = 4_000
_DEEPEST = 20
"""Maximum nesting of fields. Word allows 20."""
_TOKEN = re.compile(r'"([^"]*)"|(\\?[^\s"]+)')
# Ruby text as an EQ formula, which Chinese and Japanese versions of Word wrote before 2000.
_RUBY = re.compile(
    r"\\o(?:\\a[a-z])?\s*\(\s*\\s\s*\\up\s*\d*\s*\(([^()]*)\)\s*[,;]\s*([^()]*)\)", re.IGNORECASE
)
_SWITCH = re.compile(r"\\[*a-z]+\s*\d*|^\s*EQ\b|\"[^\"]*\"", re.IGNORECASE)


@dataclass
class WordField:
    """A field that is being read. `in_result` is true after its separator."""

    is_closed: bool = True
    """False if the field has no end. It then ends with its paragraph."""
    in_result: bool = False
    is_dropped: bool = False
    href: str | None = None
    code: list[str] = field(default_factory=list)
    length: int = 0
    check_box: str | None = None

    @property
    def shows(self) -> bool:
        """Return whether text at the reader's current place in the field is shown."""
        return not self.is_dropped and (self.in_result or not self.is_closed)

    def add(self, text: str) -> None:
        """Append a part of the field's code. Code beyond the limit is ignored."""
        if self.length < _CODE_CHARS:
            self.code.append(text)
            self.length += len(text)


def pair(root: Any) -> dict[Any, bool]:
    """Match the field marks (`w:fldChar`): mark → True if its field has both a beginning and an end.

    Separators and ends without a beginning are left out.
    """
    found: dict[Any, bool] = {}
    opened: list[list[Any]] = []
    for mark in root.iter(f"{W}fldChar"):
        counts = len(opened) <= _DEEPEST
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append([mark])
        elif kind == "separate" and opened and len(opened[-1]) == 1:
            opened[-1].append(mark)
        elif kind == "end" and opened:
            marks = [*opened.pop(), mark]
            if counts:
                found.update(dict.fromkeys(marks, True))
    for marks in opened[:_DEEPEST]:
        found.update(dict.fromkeys(marks, False))
    return found


def name(code: str) -> str:
    """Name of a field in capitals, such as `HYPERLINK`."""
    words = code.split(None, 1)
    return words[0].upper() if words else ""


def href(code: str) -> str | None:
    """Web address of a HYPERLINK field, otherwise None."""
    if name(code) != "HYPERLINK":
        return None
    skip = False
    for quoted, plain in _TOKEN.findall(code.strip()[len("HYPERLINK") :]):
        if plain.startswith("\\"):
            # The switches \l (place), \o (tip) and \t (frame) have an argument.
            skip = plain.lower() in ("\\l", "\\o", "\\t")
        elif skip:
            skip = False
        else:
            return addresses.web((quoted or plain).replace("\\\\", "\\"))
    return None


def is_file_link(code: str) -> bool:
    """Return whether the code of a field names a file or a server."""
    kind = name(code)
    if kind == "HYPERLINK":
        return href(code) is None and bool(re.search(r"HYPERLINK\s+(?!\\l)\S", code, re.IGNORECASE))
    return kind in ("INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "RD")


def shown(code: str) -> str:
    """HTML that a field without a result shows: formulas, symbols and buttons."""
    kind = name(code)
    if kind == "EQ":
        return _formula(code)
    if kind == "SYMBOL":
        return escape(_symbol(code))
    if kind in ("MACROBUTTON", "GOTOBUTTON"):
        return escape(" ".join(code.split()[2:]))
    return ""


def _formula(code: str) -> str:
    code = " ".join(code.split())
    ruby = _RUBY.search(code)
    if ruby:
        return f"<ruby>{escape(ruby[2])}<rt>{escape(ruby[1])}</rt></ruby>"
    return escape(" ".join(re.sub(r"[(),;]", " ", _SWITCH.sub(" ", code)).split()))


def _symbol(code: str) -> str:
    words = [quoted or plain for quoted, plain in _TOKEN.findall(code)]
    value = words[1] if len(words) > 1 else ""
    font = next((words[place + 1] for place, word in enumerate(words[:-1]) if word.lower() == "\\f"), "")
    base = 16 if value.lower().startswith("0x") else 10
    digits = value[2:] if base == 16 else value
    if not re.fullmatch("[0-9a-fA-F]{1,5}" if base == 16 else "[0-9]{1,6}", digits):
        return ""
    return symbols.char(font, int(digits, base))
