"""Reading of an untrusted document in a sandboxed child, whose answer the parent checks field by field."""

from collections import Counter
from functools import cache
from typing import Any

from intake import documents, sandbox
from intake.documents import identify, limits
from intake.documents.document import NOTES, Document, Picture
from intake.documents.refusal import REASONS, DocumentRefused
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused

LIMITS = Limits(memory_bytes=320 * MB, cpu_seconds=5, answer_bytes=64 * MB)
"""The slowest known document takes four seconds, an ordinary one of 45,000 words less than one second.

45,000 words in runs of their own, with 20 MB of pictures, take 150 MB.
"""
_LONGEST_KIND = 30
_MOST = 10_000_000


@cache
def prepare() -> None:
    """Load all readers, because the child can open no file."""
    documents.prepare()


def read(
    data: bytes, name: str = "", *, is_verse: bool = False, max_html_bytes: int = limits.MAX_HTML_BYTES
) -> Document:
    """Read a document like `documents.read`, in a child. Raises DocumentRefused.

    Raises OSError if no child can be started.
    """
    prepare()
    try:
        header, blobs = sandbox.run(
            lambda given: _answer(
                documents.read(given, name, is_verse=is_verse, max_html_bytes=max_html_bytes)
            ),
            data,
            limits=LIMITS,
        )
        return _checked(header, blobs)
    except Refused as refused:
        raise _refusal(refused) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise DocumentRefused("damaged", "the child's answer") from None


def check(data: bytes, name: str = "") -> None:
    """Raise DocumentRefused if the document is of a kind that is not read. Only its type is determined.

    Raises OSError if no child can be started.
    """
    if not data:
        raise DocumentRefused("empty")
    prepare()
    try:
        sandbox.run(lambda given: _kind(given, name), data, limits=LIMITS)
    except Refused as refused:
        raise _refusal(refused) from None


def _kind(data: bytes, name: str) -> sandbox.Answer:
    return {"kind": identify.identify(data, name)}, []


def _refusal(refused: Refused) -> DocumentRefused:
    return DocumentRefused(refused.reason if refused.reason in REASONS else "damaged", refused.detail)


def _answer(document: Document) -> sandbox.Answer:
    header = {"removed": dict(document.removed), "notes": document.notes}
    pictures = [picture.data for picture in document.pictures]
    return header, [document.html.encode("utf-8", "surrogatepass"), *pictures]


def _checked(header: dict[str, Any], blobs: list[bytes]) -> Document:
    """Convert the answer of the child. Raises AttributeError, KeyError, TypeError or ValueError if it is malformed."""
    html, *pictures = blobs
    return Document(
        html.decode("utf-8", "surrogatepass"),
        [Picture(data) for data in pictures],
        Counter({str(kind)[:_LONGEST_KIND]: _count(number) for kind, number in header["removed"].items()}),
        [note for note in NOTES if note in header["notes"]],
    )


def _count(number: Any) -> int:
    if not 0 <= int(number) <= _MOST:
        raise ValueError
    return int(number)
