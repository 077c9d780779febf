"""Find text of a page in the pseudo-locale that is not translated, or is put together from several messages."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from intake.languages import NAMES
from tests.translations.pseudo import ATOM_CLOSE, ATOM_OPEN, CLOSE, OPEN

INLINE = frozenset(
    {
        "a",
        "b",
        "bdi",
        "em",
        "i",
        "span",
        "strong",
        "svg",
        "path",
        "circle",
        "time",
        "input",
        "u",
        "code",
        "kbd",
        "del",
        "ins",
    }
)
VOID = frozenset({"input", "meta", "link", "br", "hr", "img"})
# Elements for text that is not translated: words of contributors, editors or the magazine, and codes.
SKIPPED_TAGS = frozenset({"bdi", "textarea", "script", "style", "svg", "kbd", "code"})
SKIPPED_CLASSES = frozenset(
    {"message__body", "submission-text", "receipt__code", "receipt__digits", "masthead__name"}
)
SPOKEN = frozenset({"aria-label", "title", "alt", "placeholder"})
MARKS = re.compile(r"(\[!!|!!\]|⟦|⟧)")
ENDS = (".", "?", "!", ":", "”", "…")


class PageText(HTMLParser):
    """Blocks of text of a page, and the attributes that people read or scripts show."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.attributes: list[str] = []
        self.times: list[str] = []
        """Texts of <time> elements. A time may be a message such as `today`, inserted into another message like a date."""
        self._skipping: list[str] = []
        self._is_time = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(attrs, self.times if tag == "time" else self.attributes)
        if tag not in INLINE:
            self.blocks.append("")
        if tag in VOID:
            return
        if tag == "time":
            self._is_time = True
            self.times.append("")
        values = dict(attrs)
        is_kept = values.get("dir") == "auto" or values.get("translate") == "no"
        typed = is_kept or bool(SKIPPED_CLASSES & set((values.get("class") or "").split()))
        if self._skipping or typed or tag in SKIPPED_TAGS:
            self._skipping.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.blocks.append("")
        self._is_time = self._is_time and tag != "time"
        if self._skipping:
            self._skipping.pop()

    def handle_data(self, data: str) -> None:
        if self._is_time:
            self.times[-1] += data
        elif not self._skipping:
            # Mark the border of inline elements, because adjacent elements need not form one sentence.
            self.blocks[-1] += f"\x00{data}"

    def _attributes(self, attrs: list[tuple[str, str | None]], place: list[str]) -> None:
        if not self._skipping:
            for name, value in attrs:
                if value and (name in SPOKEN or (name.startswith("data-") and " " in value)):
                    place.append(value)


def findings(page: str, *, names: frozenset[str] = frozenset()) -> list[str]:
    """Return the translation problems of a page. `names` are words that are never translated, such as the magazine's name."""
    known = names | set(NAMES.values())
    text = PageText(page)
    blocks = [
        block
        for block in (*text.blocks, *filter(_has_words, text.times), *text.attributes)
        if block.strip("\x00 \n")
    ]
    return [
        f"{problem}: {block!r}"
        for block in blocks
        if block.replace("\x00", "").strip() not in known
        for problem in _problems(block, known)
    ]


def _has_words(time: str) -> bool:
    """Return whether a time is more than a date or a number, which Babel formats without a message."""
    return OPEN in time or not any(map(str.isdigit, time))


def _problems(block: str, known: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the problems of a block. `open_texts` is a stack: text so far of the block and of each enclosing message."""
    open_texts = [""]
    outside = ""
    for part in MARKS.split(block):
        if part in {OPEN, ATOM_OPEN}:
            if len(open_texts) == 1:
                yield from _between(outside, open_texts[0], known)
                outside = ""
            elif part == OPEN and not _may_hold(open_texts[-1]):
                yield "a message inside another one"
            open_texts.append("")
        elif part in {CLOSE, ATOM_CLOSE}:
            said = open_texts.pop()
            if not open_texts:
                break
            open_texts[-1] += said
        else:
            open_texts[-1] += part
            outside += part if len(open_texts) == 1 else ""
    if len(open_texts) != 1:
        yield "marks that do not fit"
    yield from _between(outside, "", known)


def _between(outside: str, before: str, known: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the problems of text outside of all messages. `before` ends with it, if another message follows."""
    words = outside.replace("\x00", " ").strip(" \n·")
    said = before.replace("\x00", "").rstrip()
    if any(map(str.isalpha, words)) and words not in known:
        yield "text that is not translated"
    elif re.search(r"[.,:;?!()]", words):
        yield "punctuation outside of the message"
    elif said and "\x00" not in outside and not words and not said.endswith(ENDS):
        yield "two messages that make one sentence"


def _may_hold(before: str) -> bool:
    """Return whether a nested message may follow the text `before`: first, or after a comma, colon or sentence end."""
    said = before.replace("ē", "").replace("\x00", "").strip()
    return not said or said.endswith((*ENDS, ","))
