"""What a photo carries, by kind, in words for contributor and editor."""

KINDS: dict[str, tuple[str, str]] = {
    "position": ("position field", "position fields"),
    "camera": ("field about the camera", "fields about the camera"),
    "serial_number": ("serial number", "serial numbers"),
    "date": ("date", "dates"),
    "name": ("name or contact", "names or contacts"),
    "caption": ("caption field", "caption fields"),
    "comment": ("comment", "comments"),
    "settings": ("camera setting", "camera settings"),
    "maker_notes": ("block of the camera maker's own data", "blocks of the camera maker's own data"),
    "editing": ("editing field", "editing fields"),
    "provenance": ("record of origin", "records of origin"),
    "thumbnail": ("hidden small picture", "hidden small pictures"),
    "second_picture": ("hidden second picture", "hidden second pictures"),
    "video": ("hidden video", "hidden videos"),
    "colour_profile": ("colour profile", "colour profiles"),
    "private_data": ("block of a program's own data", "blocks of a program's own data"),
    "trailing_bytes": ("byte after the end of the picture", "bytes after the end of the picture"),
    "other": ("other field", "other fields"),
}
"""Kind → what one and what several of them are called. The order is that of what gives most away."""


def in_words(removed: dict[str, int]) -> list[str]:
    """What was removed, as phrases in the order of KINDS: `3 position fields`, `1 hidden video`."""
    return [
        f"{removed[kind]:,} {words[removed[kind] != 1]}" for kind, words in KINDS.items() if removed.get(kind)
    ]
