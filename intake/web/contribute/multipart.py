"""A multipart body, read part by part: words are kept in memory up to a limit for all of them, files go where they are told."""

from collections.abc import Callable
from typing import IO, Protocol

from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

# Werkzeug's 64 KiB cost 84 ms of CPU for 5 × 6 MB; pieces of this size 45 ms.
PIECE = 1024 * 1024
# A file name of 5,000 characters takes 20 KB; a megabyte of header lines would take a hundred of memory.
HEADER_BYTES = 64 * 1024


class PartTarget(Protocol):
    """What takes the bytes of a file."""

    def write(self, data: bytes) -> int:
        """Take `data`."""


class Decoder(MultipartDecoder):
    """Werkzeug's, except for headers: a file name that is not UTF-8, as old phones send it, must not cost the text."""

    def _parse_headers(self, data: bytes | bytearray) -> Headers:
        if len(data) > HEADER_BYTES:
            raise ValueError("the headers of a part are too long")
        return super()._parse_headers(data.decode("utf-8", "replace").encode())


class MultipartBody:
    """Reads a body once. RequestEntityTooLarge past a limit, ValueError where the body is cut short or malformed.

    `open_file` is asked for a target with the field's name and the file's; `text_bytes` is for all words together,
    which are added to `words` as they are read.
    """

    def __init__(
        self,
        boundary: bytes,
        open_file: Callable[[str, str], PartTarget],
        *,
        text_bytes: int | None,
        parts: int | None,
        words: list[tuple[str, str]] | None = None,
    ) -> None:
        self.words: list[tuple[str, str]] = [] if words is None else words
        self._decoder = Decoder(boundary, 2 * PIECE + HEADER_BYTES, max_parts=parts)
        self._open_file, self._text_left = open_file, text_bytes
        self._name, self._pieces = "", list[bytes]()
        self._target: PartTarget | None = None

    def read(self, stream: IO[bytes]) -> None:
        """Take everything that the client sends."""
        while piece := stream.read(PIECE):
            self._feed(piece)
        self._feed(None)

    def _feed(self, piece: bytes | None) -> None:
        self._decoder.receive_data(piece)
        while not isinstance(event := self._decoder.next_event(), (NeedData, Epilogue)):
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, File):
            self._target = self._open_file(event.name or "", event.filename)
        elif isinstance(event, Field):
            self._target, self._name, self._pieces = None, event.name or "", []
        elif isinstance(event, Data):
            self._write(event)

    def _write(self, event: Data) -> None:
        if self._target:
            self._target.write(event.data)
            return
        self._keep(event.data)
        if not event.more_data:
            self.words.append((self._name, b"".join(self._pieces).decode("utf-8", "replace")))

    def _keep(self, data: bytes) -> None:
        if self._text_left is not None:
            self._text_left -= len(data)
            if self._text_left < 0:
                raise RequestEntityTooLarge
        self._pieces.append(data)
