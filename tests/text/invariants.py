"""Invariants that hold for every cleaned text. Each function returns the broken ones, with evidence."""

import re
from collections import Counter

from intake.text import CleanText, clean_body, clean_line
from intake.text.addresses import mentions
from intake.text.html import unparsed
from intake.text.html.allow_list import is_allowed
from intake.text.html.tags import DROPPED, REPLACED
from intake.text.plain import original
from tests.text.allowed import strange
from tests.text.seen import added, letters, readable, shown, visible

TOLD = 60
"""Maximum number of characters of evidence to report."""
_DROPS = re.compile(f"<(?:{'|'.join([*DROPPED, *REPLACED])}|dialog)|hidden|style|href=.?#", re.IGNORECASE)
"""Markup whose text the cleaner may drop or keep differently from browsers.

It includes links back from a footnote to the text, which the cleaner replaces by the number of the footnote.
"""


_ADDS = re.compile(
    r"<(?:q|r[tb]|rtc|li|font|button|d[td]|img|video|audio|object|embed|a)\b|style|class|role|aria-|checkbox",
    re.IGNORECASE,
)
"""Markup for which the cleaner may add text: quotation marks, brackets, boxes, numbers, addresses, letters of symbol fonts."""


def _may_hold_changed_address(text: str) -> bool:
    """Return whether a text may have an address from which the cleaner drops or unwraps something."""
    for word in visible(text).split():
        address, query = word.partition("://")[2], word.partition("?")[2]
        if "?" in address or "#" in address or "=" in query:
            return True
    return False


def of_plain(raw: str, cleaned: CleanText) -> list[str]:
    """Invariants for a body sent as plain text."""
    return [*of_any(cleaned), *_kept(raw, shown(cleaned.html))]


def of_html(raw: str, cleaned: CleanText) -> list[str]:
    """Invariants for a body sent as HTML.

    The result contains exactly the visible text outside dropped elements. If the cleaner fell back, it contains the
    source as text, without the parts that `unparsed` removes.
    """
    seen = shown(cleaned.html)
    if cleaned.fallback:
        # The input may be escaped output of an earlier fallback, which the cleaner does not escape again.
        typed = original(raw)
        return [*of_any(cleaned), *_kept(_shown_source(raw) if typed is None else typed, seen)]
    source = readable(raw)
    return [
        *of_any(cleaned),
        *_broken("invented", _invented(source, seen)),
        *_broken("lost", _lost(source, seen)),
    ]


def _shown_source(source: str) -> str:
    text = mentions.clean(source).text
    left = unparsed.shown(text, Counter())
    return text if left == text else _shown_source(left)


def of_escaped(raw: str, cleaned: CleanText) -> list[str]:
    """Invariants for a body sent as HTML that is a paragraph with `raw` as escaped text."""
    return [] if cleaned.fallback else _kept(raw, shown(cleaned.html))


def of_line(raw: str, line: str) -> list[str]:
    """Invariants for a title, a name or a caption."""
    again = clean_line(line)
    return [
        *_broken("more than a line", line if line.splitlines() not in ([], [line]) else ""),
        *_broken("not settled", "" if again == line else f"{line} → {again}"),
        *_kept(raw, line),
    ]


def _kept(raw: str, seen: str) -> list[str]:
    return [] if _may_hold_changed_address(raw) else _same("lost or added", raw, seen)


def _invented(source: str, seen: str) -> str:
    if _ADDS.search(source) or _DROPS.search(source) or _may_hold_changed_address(shown(source)):
        return ""
    # Browsers move text outside the cells of a table before the table, in varying order.
    return added(seen, shown(source), ordered="<table" not in source.lower())


def _lost(source: str, seen: str) -> str:
    if _DROPS.search(source) or _may_hold_changed_address(shown(source)):
        return ""
    return added(shown(source), seen, ordered=False)


def of_any(cleaned: CleanText) -> list[str]:
    """Invariants for a body of any format."""
    again = clean_body(cleaned.html, format="html").html
    return [
        *_broken("does not hold", "" if is_allowed(cleaned.html) else cleaned.html),
        *_broken("strange", ", ".join(strange(cleaned.html))),
        *_broken("not settled", "" if again == cleaned.html else f"{cleaned.html} → {again}"),
        *_same("text is not what is shown", cleaned.text, shown(cleaned.html)),
    ]


def _same(invariant: str, one: str, other: str) -> list[str]:
    """Return whether two texts look alike."""
    before, after = letters(one), letters(other)
    return _broken(invariant, "" if before == after else f"{before} → {after}")


def _broken(invariant: str, evidence: str) -> list[str]:
    return [f"{invariant}: {evidence[:TOLD]!a}"] if evidence else []
