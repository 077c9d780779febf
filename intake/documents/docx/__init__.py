"""Read Word files (.docx) into HTML for the text cleaner."""

from collections import Counter
from typing import Any

from intake.documents import reading, samples
from intake.documents.document import Document
from intake.documents.docx import inventory
from intake.documents.docx.names import W
from intake.documents.docx.numbering import WordNumbering
from intake.documents.docx.parts import Relationships, WordParts
from intake.documents.docx.story import Story, Surroundings, WordReading
from intake.documents.docx.styles import WordStyles
from intake.documents.package import Package
from intake.documents.pictures import PictureList
from intake.documents.refusal import DocumentRefused
from intake.documents.visibility import hex_color


def read(data: bytes) -> Document:
    """Read a Word file. Raises DocumentRefused, and no other exception but MemoryError."""
    return reading.guarded(parse, data)


def prepare() -> None:
    """Load everything that `read` needs, so that it opens no files."""
    read(samples.docx())


def parse(data: bytes) -> Document:
    """Read a Word file. Exceptions other than DocumentRefused (bugs of the reader) are not caught."""
    parts = WordParts(Package(data))
    root = parts.root(parts.main)
    body = None if root is None or root.tag != f"{W}document" else root.find(f"{W}body")
    if body is None:
        raise DocumentRefused("unknown", "no body")
    removed: Counter[str] = Counter()
    styles = WordStyles(parts.companion("styles")[0])
    word = WordReading(
        parts=parts,
        styles=styles,
        numbering=WordNumbering(parts.companion("numbering")[0], styles),
        removed=removed,
        pictures=PictureList(removed),
        page=_page_color(root, parts),
    )
    html = Story(word, root, parts.relationships).blocks(body, Surroundings({}))
    _read_notes(word)
    removed += inventory.count(parts)
    if inventory.has_comments(parts) and not removed["comment"]:
        removed["comment"] += 1
    return Document(html + word.notes.html(), word.pictures.pictures, +removed)


def _page_color(root: Any, parts: WordParts) -> str | None:
    background = root.find(f"{W}background")
    if background is None or not inventory.shows_background(parts):
        return None
    return hex_color(background.get(f"{W}color"))


def _read_notes(word: WordReading) -> None:
    """Read the notes whose marks stand in the text, in the order of the marks."""
    stories: dict[str, tuple[Story, dict[str, Any]] | None] = {}
    for number, kind, name in word.waiting:
        if kind not in stories:
            stories[kind] = _notes_of(word, kind, *word.parts.companion(f"{kind}s"))
        found = stories[kind]
        note = found[1].get(name) if found else None
        if found and note is not None:
            word.notes.end(number, found[0].blocks(note, Surroundings({})))


def _notes_of(
    word: WordReading, kind: str, root: Any, relationships: Relationships
) -> tuple[Story, dict[str, Any]] | None:
    if root is None:
        return None
    story = Story(word, root, relationships, is_note=True)
    return story, {one.get(f"{W}id") or "": one for one in root.iter(f"{W}{kind}")}
