"""Visible text of plain text and of HTML, computed independently of the cleaner's own tables."""

import re
import unicodedata
from collections import Counter
from functools import cache
from xml.etree.ElementTree import Comment

from intake.text.unicode import alphabets, punctuation, twins
from intake.text.unicode.invisible import newlines
from intake.text.unicode.tables import points
from tests.text.tree import tree

_UNREADABLE = re.compile("[\0\ud800-\udfff]")
_EMPTY = re.compile(
    r"""<(?:script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext)(?=[\s/])
    (?:=\s*+(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*+)  # the slash of `a=b/>` belongs to the value
    |/(?!>)|[^=/>])*/>""",
    re.IGNORECASE | re.VERBOSE,
)

_PRESENTED = {
    char: unicodedata.normalize("NFKD", char)
    for char in map(chr, [*range(0xFB50, 0xFD3E), *range(0xFE70, 0xFEFD)])
}
_TWINS = {
    "ي": "ی", "ك": "ک", "ھ": "ه", "ە": "ه", "ہ": "ه", "\u2012": "\u2013", "\u2212": "\u2013", "\u2015": "\u2014",
    "\u22c5": "\u00b7", "\u2219": "\u00b7", "\u2215": "/", "µ": "μ", "\u01c3": "!", "\u201a": ",",
    "แ": "เเ", "ແ": "ເເ", "\u0e33": "\u0e32", "\u0eb3": "\u0eb2", "\u0e4d": "", "\u0ecd": "", "\u0f0c": "\u0f0b", "\u1040": "\u101d",
    **dict(zip("٠١٢٣٧٨٩", "۰۱۲۳۷۸۹", strict=True)),
    **{chillu: f"{letter}\u0d4d" for letter, chillu in zip("ണനരലളക", "ൺൻർൽൾൿ", strict=True)},
}  # fmt: skip
_LOOKS = {
    **{char: alphabets.LATIN.get(other, other) for table in (alphabets.CYRILLIC, alphabets.GREEK) for char, other in table.items()},
    **alphabets.LATIN, **punctuation.TWINS, **twins.COMPOSED, **_TWINS, "\u2010": "-", "\u2011": "-",
}  # fmt: skip
_LOOKS |= {char: "".join(_LOOKS.get(one, one) for one in text) for char, text in _PRESENTED.items()}
_ISINDEX = re.compile("(?<=<i)(?=sindex)", re.IGNORECASE)


def letters(text: str) -> str:
    """Visible characters without space, in NFC. A C1 control character counts as its Windows-1252 character.

    Letters of other alphabets and hyphens count as the Latin letters and the hyphen that they look like.
    """
    # Remove space before NFC. Otherwise a mark at the start of a trimmed line is composed on one side only.
    # Marks are split off, so that a letter with an accent is known by its look, too.
    return unicodedata.normalize("NFC", "".join(map(_letter, unicodedata.normalize("NFD", text))))


def shown(html: str) -> str:
    """Text of all elements of HTML, including elements that no browser shows. Comments are excluded.

    Links back from a note are excluded too, because the cleaner adds them.
    """
    document = tree(html)
    for comment in document.iter(Comment):
        comment.text = ""
    for back in document.iterfind(".//li[@id]//a[@href]"):
        back.text = "" if back.get("href").startswith("#ref-") else back.text
    return "".join(document.itertext())


def readable(html: str) -> str:
    """Reduce untrusted HTML to the part that libxml2 and browsers should read alike, with the same letters.

    Line ends become LF; NUL and surrogates are removed. `<style/>` becomes `<s tyle/>`: libxml2 reads the former as
    empty, browsers take all that follows as its contents.
    CDATA becomes a comment, as it is outside of drawings, which are dropped with their content.
    `<isindex>` is removed, because html5lib replaces it by a sentence from 1995.
    """
    text = _EMPTY.sub(_apart, _UNREADABLE.sub("", newlines(html)))
    return _ISINDEX.sub(" ", text).replace("<![CDATA[", "<! [CDATA[")


def added(after: str, before: str, *, ordered: bool = True) -> str:
    """Visible text of `after` that is missing or reordered in `before`. Empty if there is none.

    Marks are only counted, because NFC may reorder them when the letter between them is removed.
    """
    (new, new_marks), (old, old_marks) = _parted(after), _parted(before)
    return (_out_of_order(new, old) if ordered else _more(new, old)) + _more(new_marks, old_marks)


def _out_of_order(new: str, old: str) -> str:
    rest = iter(old)
    # A failed search consumes the rest, so the report shows everything from there on.
    return "".join(char for char in new if char not in rest)


def _more(new: str, old: str) -> str:
    return "".join((Counter(new) - Counter(old)).elements())


def visible(text: str) -> str:
    """Text without invisible characters. White space stays."""
    return "".join(char for char in text if not _is_invisible(char) or char.isspace())


def _apart(tag: re.Match[str]) -> str:
    return f"{tag[0][:2]} {tag[0][2:]}"


def _parted(text: str) -> tuple[str, str]:
    """Letters and combining marks of a text, in NFD, because the cleaner may have composed separate characters."""
    apart = unicodedata.normalize("NFD", letters(text))
    marks = "".join(char for char in apart if unicodedata.combining(char))
    return "".join(char for char in apart if not unicodedata.combining(char)), marks


@cache
def _letter(char: str) -> str:
    if "\x80" <= char <= "\x9f":
        char = bytes([ord(char)]).decode("cp1252", "ignore")
    return "" if not char or char.isspace() or _is_invisible(char) else _LOOKS.get(char, char)


def _is_invisible(char: str) -> bool:
    """Return whether a character is a control, a surrogate, an annotation mark, ignorable by Unicode, or a
    noncharacter.
    """
    named = unicodedata.category(char) in ("Cc", "Cs") or "\ufff9" <= char <= "\ufffb"
    return named or char in points("default_ignorable") or _is_no_character(char)


def _is_no_character(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
