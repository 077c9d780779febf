"""Read a .txt file. The text is escaped and never parsed, so `<name@example.org>` stays as it was written."""

from intake.documents.document import Document
from intake.documents.plain_text import encoding
from intake.text import plain
from intake.text.unicode import invisible


def read(data: bytes) -> Document:
    """Read a text file. A blank line separates paragraphs, a newline stays a newline. Raises DocumentRefused."""
    decoded = encoding.decode(data)
    return Document(plain.paragraphs(invisible.newlines(decoded.text)), notes=list(decoded.notes))
