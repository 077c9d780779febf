"""Tasks that the sandboxed child runs on one document."""

from intake import documents
from intake.documents import identify, limits
from intake.documents.refusal import DocumentRefused
from intake.sandbox.task import RawAnswer


def prepare() -> None:
    """Load all readers, because the child can open no file."""
    documents.prepare()


def read(data: bytes, *, name: str, is_verse: bool, max_html_bytes: int) -> RawAnswer:
    """Read a document. Returns counts of removed things and notes, and as blobs the HTML and the pictures."""
    document = documents.read(data, name, is_verse=is_verse, max_html_bytes=max_html_bytes)
    if len(document.pictures) > limits.MAX_PICTURES:
        raise DocumentRefused("too_big", "pictures")
    header = {"removed": dict(document.removed), "notes": document.notes}
    pictures = [picture.data for picture in document.pictures]
    return header, [document.html.encode("utf-8", "surrogatepass"), *pictures]


def kind(data: bytes, *, name: str) -> RawAnswer:
    """Determine the type of a document only."""
    return {"kind": identify.identify(data, name)}, []
