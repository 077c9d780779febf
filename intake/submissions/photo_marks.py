"""Marks in the text of a document, where its pictures stood: the numbers of their photos.

A camera stands for the word "photo", because neither the contributor nor the editors need to read English. Screen
readers say its name in the language of their user.
"""

import re

_CAMERA = "\N{CAMERA}"
# Texts from documents that earlier versions read have the English word instead of the camera.
_MARK = re.compile(rf"\[(?:{_CAMERA}|Photo) [0-9]{{1,3}}\]")


def mark(number: int) -> str:
    """Return the mark of the photo with this number, such as `[📷 1]`."""
    return f"[{_CAMERA} {number}]"


def first(text: str) -> str:
    """Return the first mark in a text, or an empty text."""
    found = _MARK.search(text)
    return found[0] if found else ""
