"""Cleaning of contributors' texts. `clean_body` is for articles, `clean_line` for titles, names and captions."""

import re
from dataclasses import dataclass, replace

from intake.languages import Format
from intake.text import flagged
from intake.text.addresses import mentions
from intake.text.display import excerpt, render, source
from intake.text.html import cleaning
from intake.text.language import guess
from intake.text.plain import lists, paragraphs
from intake.text.unicode import invisible
from intake.text.words import size, visible

__all__ = [
    "CleanText",
    "clean_body",
    "clean_line",
    "cleaned_line",
    "excerpt",
    "keep_as_text",
    "render",
    "source",
]

_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class CleanText:
    """A cleaned text with its measurements.

    `html` passes the allow-list. `text` is the visible text of `html`.
    `language` is a BCP 47 tag, or None if the language is uncertain.
    `characters` excludes spaces, and counts a letter with its accents once. `minutes` is the reading time.
    `removed` counts removed things by kind (`zero-width`, `script`, `image` …).
    `flags` names suspicious features that an editor should check (keys of `report.FLAGS`).
    `fallback` is true if the text could not be cleaned as HTML and is shown with its markup as text.
    `too_long` is true if cleaning it took too much time or memory.
    """

    html: str
    text: str
    language: str | None
    words: int
    characters: int
    minutes: int
    removed: dict[str, int]
    flags: list[str]
    fallback: bool
    too_long: bool = False


def clean_body(raw: str, *, format: Format) -> CleanText:  # noqa: A002 - hides the builtin on purpose
    """Clean an article. HTML is cleaned; plain text is escaped and split into paragraphs. Accepts any string."""
    if format != "html":
        plain = mentions.clean(raw)
        html = lists(plain.text) if format == "light" else paragraphs(plain.text)
        return _described(cleaning.CleanHtml(html, plain.removed), plain.text)
    cleaned = cleaning.clean(raw)
    return _described(cleaned, visible(cleaned.html))


def keep_as_text(raw: str, *, format: Format, too_long: bool = False) -> CleanText:  # noqa: A002 - as above
    """Escape an article, markup included, without cleaning it as HTML. Used when cleaning fails."""
    if format != "html":
        return replace(clean_body(raw, format="plain"), too_long=too_long)
    kept = cleaning.as_text(raw)
    return replace(_described(kept, visible(kept.html)), too_long=too_long)


def clean_line(raw: str) -> str:
    """Clean a title, name or caption. Returns one line of plain text (not HTML) with white space folded."""
    return cleaned_line(raw).text


def cleaned_line(raw: str) -> invisible.Cleaned:
    """Clean a line like `clean_line`, and also return the counts of removals and the flags."""
    first = mentions.clean(raw)
    # Folding joins lines, so invisible characters get new neighbours and must be judged again.
    folded = mentions.clean(_SPACE.sub(" ", first.text).strip())
    return invisible.Cleaned(folded.text.strip(), first.removed + folded.removed, folded.flags)


def _described(cleaned: cleaning.CleanHtml, text: str) -> CleanText:
    measured = size(text)
    return CleanText(
        html=cleaned.html,
        text=text,
        language=guess(text),
        words=measured.words,
        characters=measured.characters,
        minutes=measured.minutes,
        removed=dict(cleaned.removed),
        flags=flagged.kinds(cleaned.html),
        fallback=cleaned.fallback,
    )
