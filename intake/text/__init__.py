"""Cleaning of contributors' texts. `clean_body` is for articles, `clean_line` for titles, names and captions."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from intake.languages import Format
from intake.text import flagged
from intake.text.addresses import mentions
from intake.text.display import excerpt, render, source
from intake.text.html import cleaning
from intake.text.language import Told, tell
from intake.text.plain import paragraphs, preformatted
from intake.text.plain_lists import lists
from intake.text.unicode import invisible
from intake.text.unicode.spaces import Layout
from intake.text.words import size, visible

__all__ = [
    "CleanText",
    "clean_body",
    "clean_line",
    "clean_lines",
    "clean_plain",
    "cleaned_line",
    "excerpt",
    "keep_as_text",
    "render",
    "source",
]

_SPACE = re.compile(r"[ \t\n]+")
# Format of plain text → its layout, and the function that converts it to HTML.
_PLAIN: dict[Format, tuple[Layout, Callable[[str], str]]] = {
    "plain": (Layout.LINES, paragraphs),
    "light": (Layout.ITEMS, lists),
    "verse": (Layout.VERSE, preformatted),
}


@dataclass(frozen=True)
class CleanText:
    """A cleaned text with its measurements.

    `html` passes the allow-list. `text` is the visible text of `html`.
    `language` is a BCP 47 tag, or None if the language is uncertain. `language_sure` is set if the text is long
    and plainly in this language.
    `characters` excludes spaces, and counts a letter with its accents once. `minutes` is the reading time.
    `removed` counts removed things by kind (`zero-width`, `script`, `image` …).
    `flags` names suspicious features that an editor should check (keys of `report.FLAGS`).
    `fallback` is true if the text could not be cleaned as HTML and is shown with its markup as text.
    `too_long` is true if cleaning it took too much time or memory.
    """

    html: str
    text: str
    language: str | None
    language_sure: bool
    words: int
    characters: int
    minutes: int
    removed: dict[str, int]
    flags: list[str]
    fallback: bool
    too_long: bool = False


def clean_body(
    raw: str,
    *,
    format: Format,  # noqa: A002 - hides the builtin on purpose
    with_placements: bool = False,
) -> CleanText:
    """Clean an article. HTML is cleaned, plain text is escaped. Accepts any string.

    Placements of photos in HTML are kept only if `with_placements` is set. Set it only for texts from the desk.
    """
    if format == "html":
        cleaned = cleaning.clean(raw, with_placements=with_placements)
        text = visible(cleaned.html)
    else:
        cleaned, text = _escaped(raw, format)
    return _described(cleaned, text, tell(text))


def keep_as_text(raw: str, *, format: Format, too_long: bool = False) -> CleanText:  # noqa: A002 - as above
    """Escape an article, markup included, without cleaning it as HTML. Used when cleaning fails.

    No parser in C reads the text, so its language stays unknown.
    """
    if format == "html":
        kept = cleaning.as_text(raw)
        text = visible(kept.html)
    else:
        kept, text = _escaped(raw, "plain" if format == "light" else format)
    return replace(_described(kept, text, None), too_long=too_long)


def clean_plain(raw: str, *, format: Format) -> str:  # noqa: A002 - as above
    """Clean an article in a format other than HTML, and return its text instead of HTML."""
    return mentions.clean(raw, _PLAIN[format][0]).text


def clean_lines(raw: str) -> str:
    """Clean a message or note. Returns plain text (not HTML) of several lines."""
    return mentions.clean(raw).text


def clean_line(raw: str) -> str:
    """Clean a title, name or caption. Returns one line of plain text (not HTML) with white space folded."""
    return cleaned_line(raw).text


def cleaned_line(raw: str) -> invisible.Cleaned:
    """Clean a line like `clean_line`, and also return the counts of removals and the flags."""
    first = mentions.clean(raw)
    # Folding joins lines, so invisible characters get new neighbours and must be judged again.
    folded = mentions.clean(_SPACE.sub(" ", first.text).strip())
    return invisible.Cleaned(folded.text.strip(), first.removed + folded.removed, folded.flags)


def _escaped(raw: str, kind: Format) -> tuple[cleaning.CleanHtml, str]:
    """HTML and visible text of a plain text."""
    layout, convert = _PLAIN[kind]
    plain = mentions.clean(raw, layout)
    return cleaning.CleanHtml(convert(plain.text), plain.removed), plain.text


def _described(cleaned: cleaning.CleanHtml, text: str, told: Told | None) -> CleanText:
    measured = size(text)
    return CleanText(
        html=cleaned.html,
        text=text,
        language=told.tag if told else None,
        language_sure=told is not None and told.sure,
        words=measured.words,
        characters=measured.characters,
        minutes=measured.minutes,
        removed=dict(cleaned.removed),
        flags=flagged.kinds(cleaned.html),
        fallback=cleaned.fallback,
    )
