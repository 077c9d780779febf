"""Content of a document file, before the text cleaner and the photo cleaner have seen it."""

from collections import Counter
from dataclasses import dataclass, field

from intake.plurals import desk_noop


@dataclass(frozen=True)
class Picture:
    """A picture from inside a document, as untrusted bytes for the photo cleaner."""

    data: bytes


@dataclass(frozen=True)
class Document:
    """Text and pictures of a document.

    `html` is untrusted. Pass it to `intake.text.clean_body(html, format="html")`.
    `removed` counts dropped things by kind: comment, deletion, hidden, header-footer, properties, template, macro,
    embedded, external-link, custom-data, field-code, image.
    `notes` are keys of `NOTES`: possible mistakes in reading the file that an editor should know of.
    """

    html: str
    pictures: list[Picture] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


NOTES = {
    "encoding-guessed": desk_noop(
        "The file does not say in which encoding its letters are stored, so that was guessed."
    ),
    "encoding-damaged": desk_noop(
        "Some letters of the file are damaged. A question mark in a black diamond stands for each."
    ),
}
"""Key → sentence for the editor."""
