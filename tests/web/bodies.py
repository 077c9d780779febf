"""Request bodies built byte by byte. The test client would correct the errors that these tests need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

BOUNDARY = "a-boundary-of-our-own"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class File:
    """File in a form: field, file name and bytes."""

    field: str
    data: bytes
    name: str | bytes = "photo.jpg"


def multipart(fields: Mapping[str, str], files: Iterable[File] = (), *, closed: bool = True) -> bytes:
    """Build a multipart body with the text fields first, like the page."""
    parts = [_part(f'name="{name}"'.encode(), text.encode()) for name, text in fields.items()]
    for file in files:
        name = file.name if isinstance(file.name, bytes) else file.name.encode()
        parts.append(_part(f'name="{file.field}"; filename="'.encode() + name + b'"', file.data))
    return b"".join(parts) + (f"--{BOUNDARY}--\r\n".encode() if closed else b"")


def _part(disposition: bytes, data: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    return head + disposition + b"\r\n\r\n" + data + b"\r\n"


def raw(stream: IO[bytes], length: int | None = None) -> dict[str, Any]:
    """Return `environ_overrides` for a body from `stream`. Without a length, the request has no Content-Length."""
    told = {"wsgi.input": stream, "CONTENT_TYPE": MULTIPART}
    if length is None:
        return {**told, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    return {**told, "CONTENT_LENGTH": str(length)}
