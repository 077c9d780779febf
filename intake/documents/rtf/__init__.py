"""Read a .rtf file: paragraphs, headings, lists, tables, footnotes, links, pictures, in any encoding."""

from intake.documents.document import Document
from intake.documents.identify import archive_remains
from intake.documents.refusal import DocumentRefused
from intake.documents.rtf import charsets
from intake.documents.rtf.reader import RtfReader


def read(data: bytes) -> Document:
    """Read an RTF file. Raises DocumentRefused.

    Comments, deletions, hidden text, headers, footers, properties and embedded objects are removed and counted.
    """
    reader = RtfReader()
    reader.read(data)
    notes = "".join(
        f'<li id="note-{number}">{"".join(note.blocks)}<p><a href="#ref-{number}">↩</a></p></li>'
        for number, note in enumerate(reader.notes, 1)
    )
    html = "".join(reader.body.blocks) + (f"<ol>{notes}</ol>" if notes else "")
    # Checks the text and not the file, because embedded objects in the file may be archives.
    if archive_remains.are_in(html.encode("utf-8", "replace")):
        raise DocumentRefused("damaged", "parts of an archive")
    return Document(html, reader.pictures, reader.removed)


def prepare() -> None:
    """Load the encodings, which are read from files on first use."""
    charsets.prepare()
