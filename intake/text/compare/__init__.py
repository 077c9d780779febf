"""Comparison of two cleaned texts: words, formatting, links and block types.

`lxml.html.diff` is not used, because it compares words only. It misses changed bold, a paragraph that became
a heading, a removed rule, and cells moved to another row. It also treats a Chinese sentence as one word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from intake.plurals import READER, desk_noop
from intake.text.compare.align import Pair, align
from intake.text.compare.engine import SECONDS, Deadline
from intake.text.compare.passages import Passage, passages, tokens
from intake.text.compare.show import marked, plain

__all__ = ["SECONDS", "ComparisonRow", "Deadline", "compare_lines", "compare_texts"]

AROUND = 1
"""Number of unchanged passages shown before and after a changed passage."""
MOST = 1_000
"""Maximum number of rows in a comparison. If there are more, a final row of kind `gap` counts the rest."""
KINDS = {
    "p": desk_noop("paragraph"), "h2": desk_noop("heading"), "h3": desk_noop("second-level heading"), "h4": desk_noop("third-level heading"), "pre": desk_noop("preformatted text"),
    "hr": desk_noop("rule"), "tr": desk_noop("table row"), "figure": desk_noop("photo"),
}  # fmt: skip
INSIDE = desk_noop("%(inside)s in a %(outside)s")
WAS = desk_noop("%(new)s (was: %(old)s)")
PLACES = {"ul": desk_noop("list"), "ol": desk_noop("numbered list"), "blockquote": desk_noop("quotation")}


@dataclass(frozen=True)
class ComparisonRow:
    """One passage of the comparison, or a gap between passages.

    `html` shows the words with their changes, and is safe to put on a page.
    `tag` and `place` come from the newer text, or from the older text for a removed passage.
    `told` describes a change of block type in words. In a row of kind `gap`, `skipped` counts the omitted
    passages.
    """

    kind: Literal["same", "gone", "new", "changed", "gap"]
    tag: str = "p"
    place: tuple[str, ...] = ()
    html: str = ""
    told: str = ""
    skipped: int = 0


def compare_texts(
    before: str, after: str, seconds: float = SECONDS, photos: Mapping[str, str] | None = None
) -> list[ComparisonRow]:
    """Compare two cleaned texts. Returns an empty list if nothing changed.

    Otherwise returns the changed passages, each with one unchanged passage before and after.
    `photos` are the names of the placed photos, by id.
    """
    deadline = Deadline(seconds)
    one, other = passages(before, photos), passages(after, photos)
    found = [_row(pair, deadline) for pair in align(one, other, deadline)]
    if all(row.kind == "same" for row in found):
        return []
    shown = list(_shortened(found))
    return [*shown[:MOST], ComparisonRow("gap", skipped=len(shown) - MOST)] if len(shown) > MOST else shown


def compare_lines(before: str, after: str) -> str:
    """Compare two lines of plain text. Returns one line of HTML that marks removed and added words."""
    return marked(list(tokens(before)), list(tokens(after)), Deadline())


def _row(pair: Pair[Passage], deadline: Deadline) -> ComparisonRow:
    old, new = pair
    if old is None or new is None:
        passage, kind = (new, "new") if new else (old, "gone")
        assert passage is not None  # noqa: S101 - a pair has at least one passage
        return ComparisonRow(kind, passage.tag, passage.place, _whole(passage, kind))  # type: ignore[arg-type]
    if old == new:
        return ComparisonRow("same", new.tag, new.place, plain(new.tokens))
    return ComparisonRow(
        "changed", new.tag, new.place, marked(old.tokens, new.tokens, deadline), _told(old, new)
    )


def _whole(passage: Passage, kind: str) -> str:
    none = Deadline(0)
    return marked(passage.tokens, (), none) if kind == "gone" else marked((), passage.tokens, none)


def _told(old: Passage, new: Passage) -> str:
    if (old.tag, old.place) == (new.tag, new.place):
        return ""
    return READER.gettext(WAS) % {"new": _kind(new), "old": _kind(old)}


def _kind(passage: Passage) -> str:
    inside = [PLACES[name] for name in passage.place]
    found = READER.gettext(KINDS[passage.tag])
    for outside in reversed(inside):
        found = READER.gettext(INSIDE) % {"inside": found, "outside": READER.gettext(outside)}
    return found


def _shortened(found: list[ComparisonRow]) -> Iterator[ComparisonRow]:
    near = {
        place + step
        for place, row in enumerate(found)
        if row.kind != "same"
        for step in range(-AROUND, AROUND + 1)
    }
    for is_near, group in groupby(enumerate(found), key=lambda one: one[0] in near):
        stretch = [row for _, row in group]
        yield from stretch if is_near else [ComparisonRow("gap", skipped=len(stretch))]
