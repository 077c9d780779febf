"""Reading of an untrusted document in a sandboxed child, whose answer the parent checks."""

from collections import Counter

from intake import sandbox
from intake.documents import limits
from intake.documents.answers import KIND, READ, ReadAnswer
from intake.documents.document import Document, Picture
from intake.documents.refusal import REASONS, DocumentRefused
from intake.sandbox import answers
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused

LIMITS = Limits(memory_bytes=320 * MB, cpu_seconds=5, answer_bytes=64 * MB)
"""The slowest known document takes four seconds, an ordinary one of 45,000 words less than one second.

45,000 words in runs of their own, with 20 MB of pictures, take 150 MB.
"""


def read(
    data: bytes, name: str = "", *, is_verse: bool = False, max_html_bytes: int = limits.MAX_HTML_BYTES
) -> Document:
    """Read a document like `documents.read`, in a child. Raises DocumentRefused.

    Raises OSError if no child can be started.
    """
    try:
        answer, blobs = sandbox.run(
            READ, data, limits=LIMITS, name=_short(name), is_verse=is_verse, max_html_bytes=max_html_bytes
        )
        return _document(answer, blobs, max_html_bytes)
    except Refused as refused:
        raise _refusal(refused) from None


def check(data: bytes, name: str = "") -> None:
    """Raise DocumentRefused if the document is of a kind that is not read. Only its type is determined.

    Raises OSError if no child can be started.
    """
    if not data:
        raise DocumentRefused("empty")
    try:
        sandbox.run(KIND, data, limits=LIMITS, name=_short(name))
    except Refused as refused:
        raise _refusal(refused) from None


def _short(name: str) -> str:
    """End of a file name, which tells .md from .txt."""
    return name[-_LONGEST_NAME:]


_LONGEST_NAME = 1_000


def _refusal(refused: Refused) -> DocumentRefused:
    return DocumentRefused(refused.reason if refused.reason in REASONS else "damaged", refused.detail)


def _document(answer: ReadAnswer, blobs: list[bytes], max_html_bytes: int) -> Document:
    """Document of a checked answer. Raises AnswerRefused if its HTML is not UTF-8, or longer than `max_html_bytes`."""
    html, *pictures = blobs
    try:
        text = html.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise answers.refuse(READ, "HTML is no UTF-8") from None
    if len(text.encode("utf-8", "replace")) > max_html_bytes:
        raise answers.refuse(READ, "HTML too long")
    return Document(text, [Picture(data) for data in pictures], Counter(answer.removed), answer.notes)
