"""Documents as the text of a submission: .docx, .odt, .rtf, .txt and .md, typed by their content.

Use `sandboxed.read` for untrusted files. `read` itself runs inside the sandbox.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from intake.documents import docx, identify, limits, markdown, odt, plain_text, reading, rtf, samples
from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused

_READERS: dict[identify.Kind, Callable[[bytes], Document]] = {
    "docx": docx.read,
    "odt": odt.read,
    "rtf": rtf.read,
    "txt": plain_text.read,
    "md": markdown.read,
}
# Readers of plain-text files for verse, which keep each line break. Files of word processors mark line breaks anyway.
_VERSE_READERS: dict[identify.Kind, Callable[[bytes], Document]] = {
    "txt": plain_text.read_verse,
    "md": markdown.read_verse,
}
# Control characters. They are invisible, and XML does not allow them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"<[^<>]*+>")


def read(
    data: bytes, name: str = "", *, is_verse: bool = False, max_html_bytes: int = limits.MAX_HTML_BYTES
) -> Document:
    """Read a document of any kind. `name` is its file name, which tells .md from .txt.

    With `is_verse`, a text file keeps all its line breaks.
    Raises DocumentRefused if the file is of another kind, unsafe, damaged, empty or too long. Raises MemoryError.
    """
    kind = identify.identify(data, name)
    if kind in ("txt", "md") and len(data) > limits.MAX_TEXT_BYTES:
        raise DocumentRefused("too_long", "file")
    readers = _READERS | _VERSE_READERS if is_verse else _READERS
    found = reading.guarded(readers[kind], data)
    document = replace(found, html=_CONTROL.sub("", found.html))
    if len(document.html.encode("utf-8", "replace")) > max_html_bytes:
        raise DocumentRefused("too_long", "HTML")
    if not document.pictures and not _MARKUP.sub("", document.html).strip():
        raise DocumentRefused("no_words")
    return document


def prepare() -> None:
    """Load everything that the readers need, so that a sandboxed child opens no files."""
    for module in (plain_text.encoding, rtf, markdown):
        module.prepare()
    for data in (samples.docx(), samples.odt(), rb"{\rtf1 a}", b"a"):
        read(data)
