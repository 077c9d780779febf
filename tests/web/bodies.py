"""Bodies of requests, byte by byte: a test client's own builder would tidy up what these tests want untidy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

BOUNDARY = "a-boundary-of-our-own"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class File:
    """A file in a form: the field, the name it was given, its bytes."""

    field: str
    data: bytes
    name: str | bytes = "photo.jpg"


def multipart(fields: Mapping[str, str], files: Iterable[File] = (), *, closed: bool = True) -> bytes:
    """A multipart body with the words first, as the page sends them."""
    parts = [_part(f'name="{name}"'.encode(), text.encode()) for name, text in fields.items()]
    for file in files:
        name = file.name if isinstance(file.name, bytes) else file.name.encode()
        parts.append(_part(f'name="{file.field}"; filename="'.encode() + name + b'"', file.data))
    return b"".join(parts) + (f"--{BOUNDARY}--\r\n".encode() if closed else b"")


def _part(disposition: bytes, data: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    return head + disposition + b"\r\n\r\n" + data + b"\r\n"


def raw(stream: IO[bytes], length: int | None = None) -> dict[str, Any]:
    """`environ_overrides` of a request whose body is read from `stream`; None says that it does not tell its length."""
    told = {"wsgi.input": stream, "CONTENT_TYPE": MULTIPART}
    if length is None:
        return {**told, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    return {**told, "CONTENT_LENGTH": str(length)}
