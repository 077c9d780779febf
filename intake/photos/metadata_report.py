"""Sentences for contributors and editors about kinds of metadata in a photo."""

from intake import plurals
from intake.plurals import ENGLISH, Kinds, Translator

KINDS: Kinds = {
    "position": ("the position", "the position"),
    "serial_number": ("a serial number", "%(num)s serial numbers"),
    "name": ("a name or contact", "%(num)s names or contacts"),
    "second_picture": (
        "a companion picture (depth, brightness or 3D)",
        "%(num)s companion pictures (depth, brightness or 3D)",
    ),
    "video": ("a hidden video", "%(num)s hidden videos"),
    "thumbnail": ("a hidden small picture", "%(num)s hidden small pictures"),
    "date": ("a date", "%(num)s dates"),
    "camera": ("what tells of the camera", "what tells of the camera"),
    "caption": ("a caption", "%(num)s caption fields"),
    "comment": ("a comment", "%(num)s comments"),
    "provenance": ("a record of how it was made", "%(num)s records of how it was made"),
    "editing": ("an editing note", "%(num)s editing notes"),
    "maker_notes": ("the camera maker's own data", "the camera maker's own data"),
    "private_data": ("a program's own data", "%(num)s blocks of programs' own data"),
    "settings": ("a camera setting", "%(num)s camera settings"),
    "trailing_bytes": (
        "%(num)s byte of data hidden behind the picture",
        "%(num)s bytes of data hidden behind the picture",
    ),
    "colour_profile": ("a colour profile", "%(num)s colour profiles"),
    "other": ("a piece of further data", "%(num)s pieces of further data"),
}
"""Kind of metadata → singular and plural, with exact numbers. Kinds that reveal most come first."""


def listed(carried: dict[str, int], translator: Translator = ENGLISH) -> str:
    """List the kinds of metadata in a file, in the order of KINDS: `the position, 14 editing notes`.

    Empty if the file has no metadata.
    """
    return plurals.join_phrases(KINDS, carried, translator)
