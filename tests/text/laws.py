"""What is true of every text that was cleaned. Each function names the laws that are broken, and by what."""

import re

from intake.text import CleanText, clean_body, clean_line
from intake.text.html.allow_list import is_allowed
from intake.text.html.reader import DROPPED
from intake.text.plain import original
from tests.text.allowed import strange
from tests.text.seen import added, letters, readable, shown

TOLD = 60
"""Characters of the evidence that are told."""
_DROPS = re.compile(f"<(?:{'|'.join(DROPPED)})|hidden|style|href=.?#", re.IGNORECASE)
"""Where one of these stands, wherever it does, something may be dropped that browsers show, or hide.

What leads back from a note is among them: the item has a number instead.
"""


def of_plain(raw: str, cleaned: CleanText) -> list[str]:
    """Of a body that was sent as plain text."""
    return [*of_any(cleaned), *_same("lost or added", raw, shown(cleaned.html))]


def of_html(raw: str, cleaned: CleanText) -> list[str]:
    """Of a body that was sent as HTML.

    All its text that is not hidden or in an element that is dropped is there, and no other; or else the source is.
    """
    seen = shown(cleaned.html)
    if cleaned.fallback:
        # What was escaped here before is not escaped again.
        typed = original(raw)
        return [*of_any(cleaned), *_same("lost or added", raw if typed is None else typed, seen)]
    source = readable(raw)
    return [
        *of_any(cleaned),
        *_broken("invented", _invented(source, seen)),
        *_broken("lost", _lost(source, seen)),
    ]


def of_escaped(raw: str, cleaned: CleanText) -> list[str]:
    """Of a body that was sent as HTML and has no markup but a paragraph around `raw`."""
    return [] if cleaned.fallback else _same("lost or added", raw, shown(cleaned.html))


def of_line(raw: str, line: str) -> list[str]:
    """Of a title, a name, a caption."""
    again = clean_line(line)
    return [
        *_broken("more than a line", line if line.splitlines() not in ([], [line]) else ""),
        *_broken("not settled", "" if again == line else f"{line} → {again}"),
        *_same("lost or added", raw, line),
    ]


def _invented(source: str, seen: str) -> str:
    # Browsers show what stands in a table but in no cell before the table; in which order, is their own affair.
    return added(seen, shown(source), ordered="<table" not in source.lower())


def _lost(source: str, seen: str) -> str:
    return "" if _DROPS.search(source) else added(shown(source), seen, ordered=False)


def of_any(cleaned: CleanText) -> list[str]:
    """Of a body that was sent in whatever way."""
    again = clean_body(cleaned.html, format="html").html
    return [
        *_broken("does not hold", "" if is_allowed(cleaned.html) else cleaned.html),
        *_broken("strange", ", ".join(strange(cleaned.html))),
        *_broken("not settled", "" if again == cleaned.html else f"{cleaned.html} → {again}"),
        *_same("text is not what is shown", cleaned.text, shown(cleaned.html)),
    ]


def _same(law: str, one: str, other: str) -> list[str]:
    """Whether two texts look alike."""
    before, after = letters(one), letters(other)
    return _broken(law, "" if before == after else f"{before} → {after}")


def _broken(law: str, evidence: str) -> list[str]:
    return [f"{law}: {evidence[:TOLD]!a}"] if evidence else []
