"""Helper functions of the tests for documents."""

import re
from typing import Any

from intake.documents import docx, odt
from intake.text import clean_body
from tests.documents import odt_files, word_files


def word(body: str, links: list[tuple[str, str, str]] | None = None, /, **parts: Any) -> str:
    """HTML of a Word file with this body."""
    return docx.parse(word_files.build(body, links, **parts)).html


def word_removed(
    body: str, links: list[tuple[str, str, str]] | None = None, /, **parts: Any
) -> dict[str, int]:
    """Kinds that a Word file's reader leaves out."""
    return dict(docx.parse(word_files.build(body, links, **parts)).removed)


def open_text(body: str, automatic: str = "", styles: str = "", /, **parts: Any) -> str:
    """HTML of an OpenDocument text with this body."""
    return odt.parse(odt_files.build(body, automatic, styles, **parts)).html


def open_removed(body: str, automatic: str = "", styles: str = "", /, **parts: Any) -> dict[str, int]:
    """Kinds that an OpenDocument reader leaves out."""
    return dict(odt.parse(odt_files.build(body, automatic, styles, **parts)).removed)


def words(html: str) -> str:
    """Text of HTML without spaces, as the text cleaner shows it."""
    return re.sub(r"\s+", "", clean_body(html, format="html").text)
