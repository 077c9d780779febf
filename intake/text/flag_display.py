"""Show flagged passages on a page: marks around them, and names of characters that cannot be recognized by their look."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from intake.text import flagged
from intake.text.plain import quote
from intake.text.unicode import flags, tables

LETTERS = 5
"""Maximum number of letters that `foreign_letters` names."""
# These passages are flagged for their words, not for unusual characters, so no character is spelled by name.
_WORDS = frozenset({"struck-out", "disguised-link"})
_UNSEEN = frozenset({"Co", "Cn", "Cf", "Cc"})


class FlagMark(NamedTuple):
    """Mark around the characters from `start` to `end` of a text. Its `id` on the page is `flag-{number}`.

    `title` is shown and read out with the mark. `following` is the number of the next mark in the text, if any.
    """

    number: int
    start: int
    end: int
    title: str
    following: int | None = None


def mark_html(html: str, marks: Iterable[FlagMark]) -> str:
    """Put marks into cleaned HTML, which `display.render` may have prepared.

    A link behind each mark leads back to the list of flags, and another to the next mark.
    """
    writer = _Writer(marks, with_links=True)
    return "".join(part for text, tag in flagged.parts(html) for part in writer.write(text, tag))


def mark_line(line: str, marks: Iterable[FlagMark]) -> str:
    """Escape a line of plain text and put marks into it."""
    return "".join(_Writer(marks, with_links=False).write(quote(line), ""))


def spelled(kind: str, word: str) -> str:
    """Return a flagged word with its invisible and unusual characters by name: `10⟨U+202F narrow no-break space⟩000`."""
    return word if kind in _WORDS else "".join(map(_spelled, word))


def foreign_letters(kind: str, word: str) -> str:
    """Name the letters of the rarer alphabets of a word: `Cyrillic а, о`. Empty if it has one alphabet."""
    if kind in _WORDS:
        return ""
    letters = [char for char in word if tables.script(char) in flags.LOOKALIKES]
    counts = Counter(map(tables.script, letters))
    main = max(counts, key=counts.__getitem__, default=None)
    strange = dict.fromkeys(char for char in letters if tables.script(char) != main)
    by_alphabet: dict[str, list[str]] = {}
    for char in list(strange)[:LETTERS]:
        by_alphabet.setdefault(unicodedata.name(char, "other").split()[0].capitalize(), []).append(char)
    return "; ".join(f"{alphabet} {', '.join(found)}" for alphabet, found in by_alphabet.items())


def _spelled(char: str) -> str:
    if char == " " or not (char.isspace() or unicodedata.category(char) in _UNSEEN):
        return char
    name = unicodedata.name(char, "").lower()
    return f"⟨U+{ord(char):04X}{' ' * bool(name)}{name}⟩"


class _Writer:
    """Writer of HTML with a `<mark>` around each flagged part. Counts the characters of text that it has written."""

    def __init__(self, marks: Iterable[FlagMark], *, with_links: bool) -> None:
        self._waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
        self._edges = sorted({at for mark in self._waiting for at in mark[1:3]}, reverse=True)
        self._live: list[FlagMark] = []
        self._ended: list[FlagMark] = []
        self._with_links = with_links
        self._in_link = False
        self._at = 0

    def write(self, escaped: str, tag: str) -> Iterator[str]:
        """Write a text with a `<mark>` around each flagged part, and then the HTML tag that follows it."""
        if escaped:
            yield from self._text(unescape(escaped))
        yield tag
        if tag.startswith(("<a ", "</a>")):
            self._in_link = tag != "</a>"
        # A link must not contain another link. The links of a mark in it follow behind it.
        if not self._in_link:
            yield from self._links()

    def _text(self, text: str) -> Iterator[str]:
        begin, end = self._at, self._at + len(text)
        while self._at < end:
            start = self._at
            while self._edges and self._edges[-1] <= start:
                self._edges.pop()
            self._at = min(end, self._edges[-1]) if self._edges else end
            yield from self._segment(quote(text[start - begin : self._at - begin]), start)
            if not self._in_link:
                yield from self._links()

    def _segment(self, escaped: str, start: int) -> Iterator[str]:
        fresh = []
        while self._waiting and self._waiting[-1].start <= start:
            fresh.append(self._waiting.pop())
        self._live += fresh
        opening = [self._opening(mark) for mark in fresh] or ['<mark class="flag">'] * bool(self._live)
        yield f"{''.join(opening)}{escaped}{'</mark>' * len(opening)}"
        self._ended += [mark for mark in self._live if mark.end <= self._at]
        self._live = [mark for mark in self._live if mark.end > self._at]

    def _opening(self, mark: FlagMark) -> str:
        # HTML allows no `tabindex` within a link.
        focus = "" if self._in_link else ' tabindex="-1"'
        return f'<mark class="flag" id="flag-{mark.number}"{focus} title="{escape(mark.title)}">'

    def _links(self) -> Sequence[str]:
        ended, self._ended = self._ended, []
        return [_links_of(mark) for mark in ended] if self._with_links else []


def _links_of(mark: FlagMark) -> str:
    back = f'<a class="flag__link" href="#flag-{mark.number}-listed" aria-label="Flag {mark.number}, back to the list">{mark.number}</a>'
    if mark.following is None:
        return back
    return f'{back}<a class="flag__link" href="#flag-{mark.following}" aria-label="Next flag, {mark.following}">↓</a>'
