"""Read a .txt file. The text is escaped and never parsed, so `<name@example.org>` stays as it was written."""

import re

from intake.documents.document import Document
from intake.documents.plain_text import encoding
from intake.text import plain
from intake.text.unicode import invisible

# Two spaces look like one, so they could hide a mark that identifies a copy. Wider gaps are visible.
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2}(?=\S)")


def read(data: bytes) -> Document:
    """Read a text file. A blank line separates paragraphs, a newline stays a newline. Raises DocumentRefused."""
    decoded = encoding.decode(data)
    return Document(plain.paragraphs(invisible.newlines(decoded.text)), notes=list(decoded.notes))


def read_verse(data: bytes) -> Document:
    """Read a text file whose line breaks and indents are all kept. Raises DocumentRefused."""
    decoded = encoding.decode(data)
    text = _DOUBLE_SPACE.sub(" ", invisible.newlines(decoded.text))
    return Document(plain.preformatted(text), notes=list(decoded.notes))
