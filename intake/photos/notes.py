"""Notes on one photo: facts about the file and the kept picture that a contributor and an editor should know.

A note is a key of NOTES, or `made_by`, with a value that JSON can hold. Notes carry no value of the file's metadata.
"""

from collections.abc import Callable
from typing import Any

from intake.plurals import ENGLISH, Translator, desk_noop, gettext_noop, ngettext_noop

Notes = dict[str, Any]

NOTES: dict[str, str | tuple[str, str]] = {
    "raw": gettext_noop("Made from the photo inside a camera's raw file."),
    "pages": ngettext_noop("The file has %(pages)s page.", "The file has %(pages)s pages."),
    "page": gettext_noop("Page %(page)s of %(pages)s of one file."),
    "pictures": ngettext_noop(
        "One of %(pictures)s pictures in this file was kept.",
        "One of %(pictures)s pictures in this file was kept.",
    ),
    "made_smaller": gettext_noop("Made smaller: %(before)s → %(after)s."),
    "incomplete": gettext_noop("The bottom of the picture is incomplete."),
    "cut": gettext_noop("The end of the file is missing, so a part of the picture may be less sharp."),
}
"""Note → sentence for contributors and editors. Or (sentence for one, sentence for several).

- `raw`: True.
- `pages`: number of pages of a file that was refused because it has too many.
- `page`: [number of this page, number of pages].
- `pictures`: number of ordinary pictures in the file.
- `made_smaller`: [width, height, width and height of the kept picture] in pixels, upright.
- `incomplete`, `cut`: True.
"""

MADE_BY = {
    "program": desk_noop("The file says it was made or altered by a program (not verified)."),
    "camera": desk_noop("The file says it was taken by a camera (not verified)."),
}
"""Value of the note `made_by` → hint for editors, which contributors do not get."""


def sentences(notes: Notes, translator: Translator = ENGLISH) -> str:
    """Return the sentences for the notes on a photo, in the order of NOTES. Empty if there are none."""
    return " ".join(_sentence(key, notes[key], translator) for key in NOTES if key in notes)


def _sentence(key: str, value: Any, translator: Translator) -> str:
    words, fields = NOTES[key], _FIELDS[key](value)
    if isinstance(words, str):
        return translator.gettext(words) % fields
    return translator.ngettext(*words, value) % fields


def hint(notes: Notes, translator: Translator = ENGLISH) -> str:
    """Return a hint for editors about the program or camera that made the picture, as the file claims. May be empty."""
    return translator.gettext(MADE_BY[notes["made_by"]]) if "made_by" in notes else ""


_FIELDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "raw": lambda _: {},
    "pages": lambda count: {"pages": count},
    "page": lambda pair: {"page": pair[0], "pages": pair[1]},
    "pictures": lambda count: {"pictures": count},
    "made_smaller": lambda four: {
        "before": f"{four[0]} × {four[1]}",
        "after": f"{four[2]} × {four[3]}",
    },
    "incomplete": lambda _: {},
    "cut": lambda _: {},
}
