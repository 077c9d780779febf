"""Sentences for an editor about what cleaning removed from a text, and about its flags."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from intake import plurals
from intake.plurals import ENGLISH, Kinds, Translator

KINDS: Kinds = {
    "script": ("a script", "%(num)s scripts"),
    "embed": ("something embedded", "%(num)s embedded things"),
    "form": ("a form field", "%(num)s form fields"),
    "hidden": ("a hidden passage", "%(num)s hidden passages"),
    "image": ("a picture in the text", "%(num)s pictures in the text"),
    "drawing": ("a drawing", "%(num)s drawings"),
    "link": ("a link that cannot be kept", "%(num)s links that cannot be kept"),
    "zero-width": ("a zero-width character", "%(num)s zero-width characters"),
    "tag": ("an invisible tag character", "%(num)s invisible tag characters"),
    "joiner": ("a joiner that joins nothing", "%(num)s joiners that join nothing"),
    "direction": ("a character that reorders text", "%(num)s characters that reorder text"),
    "variation": ("a variation selector", "%(num)s variation selectors"),
    "filler": ("an invisible filler", "%(num)s invisible fillers"),
    "soft-hyphen": ("a soft hyphen", "%(num)s soft hyphens"),
    "format": ("a format character", "%(num)s format characters"),
    "control": ("a control character", "%(num)s control characters"),
    "invalid": ("an invalid character", "%(num)s invalid characters"),
}
"""Kind of removed thing → singular and plural. Ordered by importance to an editor."""

REMOVED = "Removed: %(things)s."
NOTHING = "Nothing had to be removed."


class FlagWords(NamedTuple):
    """Words for an editor about one kind of flag: the finding, and advice on what to do."""

    sentence: str
    advice: str


FLAGS = {
    "disguised-link": FlagWords(
        "A link shows one address and leads to another.",
        "Write the address that it leads to, or remove the link.",
    ),
    "mixed-script": FlagWords(
        "A word mixes the letters of two alphabets, as forged names and addresses do.",
        "Compare the word with another source, or type it anew.",
    ),
    "private-use": FlagWords(
        "There are characters that only a certain font can show.",
        "Ask the contributor for the meaning of these characters, or delete them.",
    ),
    "unassigned": FlagWords(
        "There are characters that Unicode does not know.",
        "Ask the contributor for the meaning of these characters, or delete them.",
    ),
    "odd-space": FlagWords(
        "There are spaces of unusual width, which can mark a copy.",
        "Type ordinary spaces instead.",
    ),
    "combining-pile": FlagWords(
        "Accents are piled up on a letter.",
        "Type the word anew, with the accents that its spelling needs.",
    ),
}
"""Kind of flag → words for the editor. Ordered by importance to an editor."""

FALLBACK = "This text could not be cleaned as HTML. It is shown as it was sent, with its markup as text; nothing is lost."
TOO_LONG = (
    "Cleaning this text took too long. It is shown as it was sent, with its markup as text; nothing is lost."
)


def sentence(report: Mapping[str, Any], translator: Translator = ENGLISH) -> str:
    """One sentence about the things that cleaning removed. Empty if `report` has no key `removed`."""
    if "removed" not in report:
        return ""
    things = plurals.join_phrases(KINDS, report["removed"], translator)
    return translator.gettext(REMOVED) % {"things": things} if things else translator.gettext(NOTHING)


def warnings(report: Mapping[str, Any], translator: Translator = ENGLISH) -> list[str]:
    """Warnings for an editor, one sentence each: first that the text could not be cleaned, then its flags."""
    raw = [TOO_LONG] if report.get("too_long") else [FALLBACK] if report.get("fallback") else []
    flagged = [words.sentence for flag, words in FLAGS.items() if flag in report.get("flags", ())]
    return [translator.gettext(words) for words in [*raw, *flagged]]
