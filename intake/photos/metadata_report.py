"""Sentences for contributors and editors about kinds of metadata in a photo."""

from intake import plurals
from intake.plurals import ENGLISH, Kinds, Translator

KINDS: Kinds = {
    "position": ("the position", "the position"),
    "serial_number": ("a serial number", "%(num)s serial numbers"),
    "name": ("a name or contact", "%(num)s names or contacts"),
    "second_picture": ("a hidden second picture", "%(num)s hidden pictures"),
    "video": ("a hidden video", "%(num)s hidden videos"),
    "thumbnail": ("a hidden small picture", "%(num)s hidden small pictures"),
    "date": ("a date", "%(num)s dates"),
    "camera": ("what tells of the camera", "what tells of the camera"),
    "caption": ("a caption", "%(num)s caption fields"),
    "comment": ("a comment", "%(num)s comments"),
    "provenance": ("a record of origin", "%(num)s records of origin"),
    "editing": ("an editing field", "%(num)s editing fields"),
    "maker_notes": ("the camera maker's own data", "the camera maker's own data"),
    "private_data": ("a program's own data", "%(num)s blocks of programs' own data"),
    "settings": ("a camera setting", "%(num)s camera settings"),
    "trailing_bytes": (
        "%(num)s byte after the end of the picture",
        "%(num)s bytes after the end of the picture",
    ),
    "colour_profile": ("a colour profile", "%(num)s colour profiles"),
    "other": ("another field", "%(num)s other fields"),
}
"""Kind of metadata → singular and plural. Kinds that reveal most come first."""

REMOVED = "Removed: %(things)s."
NOTHING = "Nothing hidden was found in the file."


def listed(carried: dict[str, int], translator: Translator = ENGLISH) -> str:
    """List the kinds of metadata in a file, in the order of KINDS: `the position, 14 editing fields`.

    Empty if the file has no metadata.
    """
    return plurals.join_phrases(KINDS, carried, translator)


def sentence(removed: dict[str, int], translator: Translator = ENGLISH) -> str:
    """One sentence on the metadata that cleaning removed: `Removed: the position, 2 dates.`"""
    things = listed(removed, translator)
    if not things:
        return translator.gettext(NOTHING)
    return translator.gettext(REMOVED) % {"things": things}
