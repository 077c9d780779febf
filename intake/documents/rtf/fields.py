"""Fields of an RTF file: links, phonetic guides, and fields that name the author or the file."""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_CODE = 4_000
"""Characters of a field's code that are read."""
_PRIVATE = frozenset(
    """
    AUTHOR COMMENTS DOCPROPERTY DOCVARIABLE FILENAME FILESIZE INFO KEYWORDS LASTSAVEDBY SUBJECT TEMPLATE
    USERADDRESS USERINITIALS USERNAME
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
_EXTERNAL = frozenset({"DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "IMPORT"})
# Only links to web addresses: `\l` before the address would make it a place in the document. `\m`, `\n` and `\t` are
# switches that have no value.
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[mnt]\s+)*(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]", re.IGNORECASE)
# Phonetic guide of Word: EQ \* jc2 \* "Font:…" \o\ad(\s\up 11(かんじ),漢字)
_RUBY = re.compile(r"\\s\s*+\\up\s*+\d*+\s*+\(([^()]*+)\)\s*+[,;]\s*+([^()]*+)\)")


@dataclass
class RtfField:
    """One field. `code` is its instruction. `target` is the destination of its result, taken from the group around it."""

    target: str
    href: str | None
    is_private: bool
    code: str = ""

    def add(self, text: str) -> None:
        """Append a part of the instruction, such as `HYPERLINK "https://…"`."""
        if len(self.code) < MAX_CODE:
            self.code += text[:MAX_CODE]

    def removed(self) -> str:
        """Kind of removal to count for the field: field-code, external-link, or empty if it is kept."""
        name = self._name()
        if name in _PRIVATE:
            return "field-code"
        return "external-link" if name in _EXTERNAL or self._is_local_link() else ""

    def web_address(self) -> str | None:
        """Web or mail address that the field links to, or None."""
        address = _address(self.code).strip()
        return address if _WEB.match(address) else None

    def ruby(self) -> str:
        """Text of a phonetic guide, as 漢字(かんじ). Empty for other fields."""
        return _ruby(self.code) if self._name() == "EQ" else ""

    def _name(self) -> str:
        words = self.code.split(maxsplit=1)
        return words[0].upper() if words else ""

    def _is_local_link(self) -> bool:
        address = _address(self.code)
        return bool(address) and not address.startswith("#") and self.web_address() is None


# Cached, because a field may have many results.
@lru_cache(maxsize=8)
def _address(code: str) -> str:
    found = _LINK.match(code)
    return (found[1] or found[2] or "") if found else ""


@lru_cache(maxsize=8)
def _ruby(code: str) -> str:
    found = _RUBY.search(code)
    return f"{found[2].strip()}({found[1].strip()})" if found else ""
