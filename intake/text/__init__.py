"""Texts made safe for the editor and left true to their author: `clean_body` for articles, `clean_line` for the rest."""

import re
from dataclasses import dataclass

from intake.formats import Format
from intake.text.display import excerpt, render, source
from intake.text.html import cleaning
from intake.text.language import guess
from intake.text.plain import lists, paragraphs
from intake.text.unicode import invisible
from intake.text.unicode.flags import flags
from intake.text.words import size, visible

__all__ = ["CleanText", "clean_body", "clean_line", "excerpt", "keep_as_text", "line", "render", "source"]

_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class CleanText:
    """A text that may be shown.

    `html` holds to the allow-list; `text` is what a reader sees of it; `language` a BCP 47 tag or None when unsure;
    `characters` are those that a reader would count, `minutes` how long reading takes;
    `removed` counts by kind (`zero-width`, `script`, `image` …); `flags` name what an editor should look at;
    `fallback` is true when the raw text is shown as text because it could not be cleaned.
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


def clean_body(raw: str, *, format: Format) -> CleanText:  # noqa: A002 - the form's own word
    """Clean an article. Plain text is escaped and split into paragraphs; HTML is cleaned. Any string is accepted."""
    if format != "html":
        plain = invisible.clean(raw)
        html = lists(plain.text) if format == "light" else paragraphs(plain.text)
        return _described(cleaning.CleanHtml(html, plain.removed, plain.flags), plain.text)
    cleaned = cleaning.clean(raw)
    return _described(cleaned, visible(cleaned.html))


def keep_as_text(raw: str, *, format: Format) -> CleanText:  # noqa: A002 - the form's own word
    """An article with its markup, if any, as text: for what there is no time to clean."""
    if format != "html":
        return clean_body(raw, format="plain")
    kept = cleaning.as_text(raw)
    return _described(kept, visible(kept.html))


def clean_line(raw: str) -> str:
    """Clean a title, a name, a caption: one line of plain text (not HTML), white space folded."""
    return line(raw).text


def line(raw: str) -> invisible.Cleaned:
    """What `clean_line` does, with what was removed and what an editor should look at."""
    first = invisible.clean(raw)
    # Folding joins lines, whose invisible characters then have other neighbours.
    folded = invisible.clean(_SPACE.sub(" ", first.text).strip())
    return invisible.Cleaned(folded.text.strip(), first.removed + folded.removed, folded.flags)


def _described(cleaned: cleaning.CleanHtml, text: str) -> CleanText:
    seen, measured = dict.fromkeys([*cleaned.flags, *flags(text)]), size(text)
    return CleanText(
        html=cleaned.html,
        text=text,
        language=guess(text),
        words=measured.words,
        characters=measured.characters,
        minutes=measured.minutes,
        removed=dict(cleaned.removed),
        flags=list(seen),
        fallback=cleaned.fallback,
    )
