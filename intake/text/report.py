"""Sentences about what cleaning removed from a text, for its contributor and editors, and about its flags."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from intake import plurals
from intake.plurals import ENGLISH, Kinds, Translator, desk_noop, gettext_noop, ngettext_noop

KINDS: Kinds = {
    "comment": ngettext_noop("a comment", "%(num)s comments"),
    "deletion": ngettext_noop("a deleted passage", "%(num)s deleted passages"),
    "hidden": ngettext_noop("a hidden passage", "%(num)s hidden passages"),
    "properties": ngettext_noop("a property of the document", "%(num)s properties of the document"),
    "header-footer": ngettext_noop("a header or footer", "%(num)s headers and footers"),
    "mail-head": ngettext_noop("the head of a quoted mail", "the heads of %(num)s quoted mails"),
    "field-code": ngettext_noop("a field code", "%(num)s field codes"),
    "moved": ngettext_noop("the old place of a moved passage", "the old places of %(num)s moved passages"),
    "template": ngettext_noop("the address of a template", "the addresses of %(num)s templates"),
    "macro": ngettext_noop("a macro", "%(num)s macros"),
    "embedded": ngettext_noop("an embedded object", "%(num)s embedded objects"),
    "external-link": ngettext_noop("a link to a file or server", "%(num)s links to files or servers"),
    "custom-data": ngettext_noop(
        "data that programs keep in the file",
        "%(num)s pieces of data that programs keep in the file",
    ),
    "picture": ngettext_noop(
        "a picture that is missing in the file", "%(num)s pictures that are missing in the file"
    ),
    "placeholder": ngettext_noop("a prompt of a template", "%(num)s prompts of a template"),
    "thumbnail": ngettext_noop("a preview of the first page", "%(num)s previews of the first page"),
    "script": ngettext_noop("a script", "%(num)s scripts"),
    "embed": ngettext_noop("something embedded", "%(num)s embedded things"),
    "form": ngettext_noop("a form field", "%(num)s form fields"),
    "image": ngettext_noop("a picture in the text", "%(num)s pictures in the text"),
    "drawing": ngettext_noop("a drawing", "%(num)s drawings"),
    "link": ngettext_noop("a link that cannot be kept", "%(num)s links that cannot be kept"),
    "tracking": ngettext_noop("a tracking mark in an address", "%(num)s tracking marks in addresses"),
    "zero-width": ngettext_noop("a zero-width character", "%(num)s zero-width characters"),
    "tag": ngettext_noop("an invisible tag character", "%(num)s invisible tag characters"),
    "joiner": ngettext_noop("a joiner that joins nothing", "%(num)s joiners that join nothing"),
    "direction": ngettext_noop("a character that reorders text", "%(num)s characters that reorder text"),
    "variation": ngettext_noop("a variation selector", "%(num)s variation selectors"),
    "filler": ngettext_noop("an invisible filler", "%(num)s invisible fillers"),
    "space": ngettext_noop("an unusual space", "%(num)s unusual spaces"),
    "look-alike": ngettext_noop(
        "a letter of another alphabet in disguise",
        "%(num)s letters of another alphabet in disguise",
    ),
    "hyphen": ngettext_noop("an unusual hyphen", "%(num)s unusual hyphens"),
    "soft-hyphen": ngettext_noop("a soft hyphen", "%(num)s soft hyphens"),
    "format": ngettext_noop("a format character", "%(num)s format characters"),
    "control": ngettext_noop("a control character", "%(num)s control characters"),
    "invalid": ngettext_noop("an invalid character", "%(num)s invalid characters"),
}
"""Kind of removed thing → singular and plural. Ordered by importance to an editor."""

REMOVED = desk_noop("Removed: %(things)s.")
REMOVED_FROM_YOUR_TEXT = gettext_noop("Removed from your text: %(things)s.")
NOTHING = desk_noop("Nothing had to be removed.")


class FlagWords(NamedTuple):
    """Words for an editor about one kind of flag: the finding, and advice on what to do."""

    sentence: str
    advice: str


FLAGS = {
    "disguised-link": FlagWords(
        desk_noop("A link shows one address and leads to another."),
        desk_noop("Write the address that it leads to, or remove the link."),
    ),
    "mixed-script": FlagWords(
        desk_noop("A word mixes the letters of two alphabets, as forged names and addresses do."),
        desk_noop("Compare the word with another source, or type it anew."),
    ),
    "look-alike": FlagWords(
        desk_noop(
            "A word in the letters of another alphabet looks like a word of this one, which can mark a copy."
        ),
        desk_noop("Type the word anew."),
    ),
    "private-use": FlagWords(
        desk_noop("There are characters that only a certain font can show."),
        desk_noop("Ask the contributor for the meaning of these characters, or delete them."),
    ),
    "unassigned": FlagWords(
        desk_noop("There are characters that Unicode does not know."),
        desk_noop("Ask the contributor for the meaning of these characters, or delete them."),
    ),
    "odd-space": FlagWords(
        desk_noop("There are spaces of unusual width, which can mark a copy."),
        desk_noop("Type ordinary spaces instead."),
    ),
    "variant": FlagWords(
        desk_noop("Signs are asked for in a special shape that few readers see, which can mark a copy."),
        desk_noop("Type the sign anew, unless a name needs this shape."),
    ),
    "hyphen": FlagWords(
        desk_noop("Two kinds of hyphen look alike, which can mark a copy."),
        desk_noop("Type the same hyphen in all words."),
    ),
    "apostrophe": FlagWords(
        desk_noop("Two kinds of apostrophe look alike, which can mark a copy."),
        desk_noop("Type the same apostrophe in all words."),
    ),
    "combining-pile": FlagWords(
        desk_noop("Accents are piled up on a letter."),
        desk_noop("Type the word anew, with the accents that its spelling needs."),
    ),
    "struck-out": FlagWords(
        desk_noop("Struck-out words are still readable."),
        desk_noop("Delete the words, unless readers are meant to see them."),
    ),
}
"""Kind of flag → words for the editor. Ordered by importance to an editor."""

FALLBACK = desk_noop(
    "This text could not be cleaned as HTML. It is shown with its markup as text. Only comments, deleted and hidden words"
    " and details of the markup were left out."
)
DOCUMENT_REFUSED = desk_noop(
    "The contributor sent a document that could not be read, so its words are missing here. The receipt page says why,"
    " and what the contributor can do."
)
TOO_LONG = desk_noop(
    "Cleaning this text took too long. It is shown with its markup as text. Only comments, deleted and hidden words and"
    " details of the markup were left out."
)


def sentence(report: Mapping[str, Any], translator: Translator = ENGLISH) -> str:
    """One sentence about the things that cleaning removed. Empty if `report` has no key `removed`."""
    if "removed" not in report:
        return ""
    things = plurals.join_phrases(KINDS, report["removed"], translator)
    return translator.gettext(REMOVED) % {"things": things} if things else translator.gettext(NOTHING)


def for_contributor(report: Mapping[str, Any], translator: Translator = ENGLISH) -> str:
    """One sentence for the contributor about the things that cleaning removed. Empty if there are none."""
    things = plurals.join_phrases(KINDS, report.get("removed", {}), translator)
    return translator.gettext(REMOVED_FROM_YOUR_TEXT) % {"things": things} if things else ""


def fallback(report: Mapping[str, Any], translator: Translator = ENGLISH) -> str:
    """Sentence for an editor if the text could not be cleaned as HTML, otherwise empty."""
    if report.get("too_long"):
        return translator.gettext(TOO_LONG)
    return translator.gettext(FALLBACK) if report.get("fallback") else ""


def document_refused(report: Mapping[str, Any], translator: Translator = ENGLISH) -> str:
    """Sentence for an editor if a document was sent and could not be read, otherwise empty."""
    return translator.gettext(DOCUMENT_REFUSED) if report.get("document_refused") else ""


def flag_words(kind: str, translator: Translator = ENGLISH) -> FlagWords:
    """Words for an editor about a kind of flag, in the translator's language."""
    return FlagWords(*map(translator.gettext, FLAGS[kind]))
