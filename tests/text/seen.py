"""What a reader sees of a text that somebody typed, and of HTML. The cleaner's own tables are not asked."""

import re
import unicodedata
from collections import Counter
from functools import cache
from xml.etree.ElementTree import Comment

from intake.text.unicode.invisible import newlines
from intake.text.unicode.tables import points
from tests.text.tree import tree

_UNREADABLE = re.compile("[\0\ud800-\udfff]")
_EMPTY = re.compile(
    r"""<(?:script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext)(?=[\s/])
    (?:=\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*)  # the slash of `a=b/>` belongs to the value
    |/(?!>)|[^=/>])*/>""",
    re.IGNORECASE | re.VERBOSE,
)

_ISINDEX = re.compile("(?<=<i)(?=sindex)", re.IGNORECASE)


def letters(text: str) -> str:
    """All that can be seen, without space, in NFC; a C1 control character is what Windows-1252 has in its place."""
    # Space goes before NFC: a mark that a trimmed line begins with would else be composed on one side alone.
    return unicodedata.normalize("NFC", "".join(map(_letter, text)))


def shown(html: str) -> str:
    """The text in all elements of HTML, those included that no browser shows; comments are no text.

    Nor is what leads back from a note: it is ours.
    """
    document = tree(html)
    for comment in document.iter(Comment):
        comment.text = ""
    for back in document.iterfind(".//li[@id]//a[@href]"):
        back.text = "" if back.get("href").startswith("#ref-") else back.text
    return "".join(document.itertext())


def readable(html: str) -> str:
    """A stranger's HTML less what libxml2 is not asked to read, with the same letters, and nothing that it alone reads so.

    Line ends are LF; NUL and surrogates are not there. `<style/>` is empty, where browsers take all that follows for its
    contents: `<s tyle/>` has none. CDATA is the comment that it is outside of drawings, which go with all that is in them.
    `<isindex>` is nothing, where html5lib has a sentence from 1995.
    """
    text = _EMPTY.sub(_apart, _UNREADABLE.sub("", newlines(html)))
    return _ISINDEX.sub(" ", text).replace("<![CDATA[", "<! [CDATA[")


def added(after: str, before: str, *, ordered: bool = True) -> str:
    """What can be seen of one text but not, or not in this order, of the other; "" when there is nothing.

    Marks are only counted: when the letter between two of them goes, NFC may let them change places.
    """
    (new, new_marks), (old, old_marks) = _parted(after), _parted(before)
    return (_out_of_order(new, old) if ordered else _more(new, old)) + _more(new_marks, old_marks)


def _out_of_order(new: str, old: str) -> str:
    rest = iter(old)
    # Searching for what is missing uses up the rest, so that all from there on is told.
    return "".join(char for char in new if char not in rest)


def _more(new: str, old: str) -> str:
    return "".join((Counter(new) - Counter(old)).elements())


def _apart(tag: re.Match[str]) -> str:
    return f"{tag[0][:2]} {tag[0][2:]}"


def _parted(text: str) -> tuple[str, str]:
    """Letters and marks, decomposed: what stood apart may have been composed."""
    apart = unicodedata.normalize("NFD", letters(text))
    marks = "".join(char for char in apart if unicodedata.combining(char))
    return "".join(char for char in apart if not unicodedata.combining(char)), marks


@cache
def _letter(char: str) -> str:
    if "\x80" <= char <= "\x9f":
        return bytes([ord(char)]).decode("cp1252", "ignore")
    return "" if char.isspace() or _is_invisible(char) else char


def _is_invisible(char: str) -> bool:
    """Controls, surrogates, marks of an annotation, what Unicode calls ignorable, and what is no character."""
    named = unicodedata.category(char) in ("Cc", "Cs") or "\ufff9" <= char <= "\ufffb"
    return named or char in points("default_ignorable") or _is_no_character(char)


def _is_no_character(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
