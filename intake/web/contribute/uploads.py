"""Uploads of photos.

Files are streamed into the encrypted quarantine area of the storage and not decoded here.
"""

import re
import uuid
from collections.abc import Callable

from intake.crypto import new_key
from intake.photos.identify import sniff
from intake.settings import Settings
from intake.storage import Sink, files

HEAD_BYTES = 64
ROW = re.compile(r"photo-([1-9][0-9]{0,2})")


class Discard:
    """Target of an unexpected file. Stores nothing."""

    def write(self, data: bytes) -> int:
        """Discard `data`. Returns its length."""
        return len(data)


class PhotoStream(Discard):
    """Uploaded photo that is streamed into quarantine. `reason` is the code of its refusal, or None.

    `row` is the number in the form field's name (`photo-3`), or None for any other name.
    """

    def __init__(self, open_sink: Callable[[uuid.UUID], Sink], limit: int, field: str = "") -> None:
        found = ROW.fullmatch(field)
        self.id, self.row = uuid.uuid4(), int(found[1]) if found else None
        self.size = 0
        self.reason: str | None = None
        self._open_sink, self._limit = open_sink, limit
        self._sink: Sink | None = None
        self._head = b""

    def write(self, data: bytes) -> int:
        """Encrypt and store `data`, unless the file is refused. A file over the size limit is refused."""
        self.size += len(data)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        if self.size > self._limit:
            self.refuse("too_large")
        if not self.reason:
            self._sink = self._sink or self._open_sink(self.id)
            self._sink.write(data)
        return len(data)

    def refuse(self, reason: str) -> None:
        """Refuse the file and delete its stored bytes. A second refusal does not change the reason."""
        self.reason = self.reason or reason
        if self._sink:
            self._sink.abort()
            self._sink = None

    def finish(self) -> None:
        """Make the complete file durable. Refuses an empty file or one that cannot be a photo."""
        if not self.size:
            self.refuse("empty")
        elif not self.reason and sniff(self._head) is None:
            self.refuse("not_a_photo")
        if self._sink:
            self._sink.finish()
            self._sink = None


class Upload:
    """Files of one request, stored with the id and encryption key of the new submission.

    `announced` is the Content-Length of the request in bytes, or None if the request has none.
    """

    def __init__(self, settings: Settings, announced: int | None = None) -> None:
        self.id, self.key = uuid.uuid4(), new_key()
        self._settings, self._announced = settings, announced or 0
        self._streams: list[PhotoStream] = []
        self._handed_over = False

    def open_file(self, field: str, file_name: str) -> Discard:
        """Return the target of the next file. An empty file input has no file name and is discarded."""
        if not file_name:
            return Discard()
        # The previous file is complete. Finish it now, because S3 uploads hold their last part in memory.
        self._finish(self._streams[-1:])
        stream = PhotoStream(self._sink, self._settings.max_photo_bytes, field)
        self._streams.append(stream)
        if self.too_much or self.too_many:
            stream.refuse("over_a_limit")
        return stream

    @property
    def streams(self) -> list[PhotoStream]:
        """Return the files in the order of the form's rows, and files without a row last."""
        return sorted(self._streams, key=lambda stream: stream.row or 1000)

    @property
    def too_much(self) -> bool:
        """Return whether the request exceeds the size limit."""
        size = max(self._announced, sum(stream.size for stream in self._streams))
        return size > self._settings.max_request_bytes

    @property
    def too_many(self) -> bool:
        """Return whether there are more photos than a submission may have."""
        return len(self._streams) > self._settings.max_photos

    def finish(self) -> None:
        """Finish all files after the body is read."""
        self._finish(self._streams)

    def hand_over(self) -> None:
        """Make `discard` do nothing from now on.

        Call this before the commit. The commit may succeed even if the database's response is lost.
        """
        self._handed_over = True

    def discard(self) -> None:
        """Delete all files, unless they were handed over."""
        if self._handed_over:
            return
        for stream in self._streams:
            stream.refuse("abandoned")
            # Delete single files, not the folder, which may contain files of another answer.
            files().delete(self._name(stream.id))

    def _finish(self, streams: list[PhotoStream]) -> None:
        for stream in streams:
            stream.finish()

    def _sink(self, photo_id: uuid.UUID) -> Sink:
        return files().sink(self._name(photo_id), self.key)

    def _name(self, photo_id: uuid.UUID) -> str:
        return f"quarantine/{self.id}/{photo_id}"
