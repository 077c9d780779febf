"""Summary of the metadata that cleaning removed: what is stored with a photo and shown.

Exact numbers of each kind of metadata are a fingerprint: of 134 photos with four kinds or more, 124 had unique numbers.
A summary therefore has fewer kinds, and words such as "several" instead of numbers.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from intake.plurals import COMMA, ENGLISH, Translator, gettext_noop

Summary = dict[str, str]
"""Kind (a key of SUMMARY_KINDS) → a word of AMOUNTS."""

AMOUNTS = ("one", "several", "many")


@dataclass(frozen=True)
class SummaryKind:
    """Phrases for a kind of removed data. The amount of a kind without `several` is always `one`."""

    one: str
    several: str = ""
    many: str = ""

    def amount(self, number: int) -> str:
        """Word of AMOUNTS for a number of things."""
        if number <= 1 or not self.several:
            return "one"
        return "many" if self.many and number >= MANY else "several"


MANY = 5
"""Smallest number of things that is called many. Photos of cameras have more settings than that."""

SUMMARY_KINDS = {
    "position": SummaryKind(gettext_noop("the position")),
    "name": SummaryKind(gettext_noop("names or contacts")),
    "second_picture": SummaryKind(gettext_noop("a companion picture (depth, brightness or 3D)")),
    "video": SummaryKind(gettext_noop("a hidden video")),
    "thumbnail": SummaryKind(gettext_noop("a hidden small picture")),
    "date": SummaryKind(gettext_noop("a date"), gettext_noop("several dates")),
    "camera": SummaryKind(gettext_noop("what tells of the camera")),
    "caption": SummaryKind(gettext_noop("captions or comments")),
    "provenance": SummaryKind(gettext_noop("a record of how it was made")),
    "editing": SummaryKind(gettext_noop("editing notes")),
    "settings": SummaryKind(
        gettext_noop("a camera setting"),
        gettext_noop("several camera settings"),
        gettext_noop("many camera settings"),
    ),
    "trailing_bytes": SummaryKind(gettext_noop("data hidden behind the picture")),
    "other": SummaryKind(gettext_noop("technical data")),
}
"""Kind of removed data → its phrases. Kinds that reveal most come first."""

PART_OF = {
    "serial_number": "camera",
    "comment": "caption",
    "maker_notes": "other",
    "private_data": "other",
    "colour_profile": "other",
}
"""Kind of metadata (a key of `metadata_report.KINDS`) → kind of the summary. Other kinds have the same name."""

REMOVED = gettext_noop("Removed: %(things)s.")
NOTHING = gettext_noop("Nothing hidden was found in the file.")


def summarize(counts: Mapping[str, int]) -> Summary:
    """Summarize exact numbers of the kinds of metadata (keys of `metadata_report.KINDS`)."""
    sums: Counter[str] = Counter()
    for kind, number in counts.items():
        sums[PART_OF.get(kind, kind)] += number
    return {kind: SUMMARY_KINDS[kind].amount(number) for kind, number in sums.items() if number > 0}


def sentence(summary: Mapping[str, str], translator: Translator = ENGLISH) -> str:
    """One sentence on the metadata that cleaning removed: `Removed: the position, several dates.`"""
    phrases = [
        translator.gettext(getattr(kind, summary[name]) or kind.one)
        for name, kind in SUMMARY_KINDS.items()
        if name in summary
    ]
    if not phrases:
        return translator.gettext(NOTHING)
    return translator.gettext(REMOVED) % {"things": translator.gettext(COMMA).join(phrases)}
