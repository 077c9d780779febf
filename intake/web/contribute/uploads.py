"""Uploads of photos, and of a document that holds the text.

Files are streamed into the encrypted quarantine area of the storage and not decoded here.
"""

import re
import uuid
from collections.abc import Callable, Sequence

from intake.crypto import new_key
from intake.documents.limits import MAX_BYTES
from intake.photos import unaccepted
from intake.photos.identify import sniff
from intake.settings import Settings
from intake.storage import Sink, files

DOCUMENT = "document"
"""Name of the form field for a document."""
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
ROW = re.compile(r"photo-([1-9][0-9]{0,2})")


class Discard:
    """Target of an unexpected file. Stores nothing."""

    def write(self, data: bytes) -> int:
        """Discard `data`. Returns its length."""
        return len(data)


class FileStream(Discard):
    """Uploaded file that is streamed into quarantine. `reason` is the code of its refusal, or None."""

    def __init__(self, open_sink: Callable[[uuid.UUID], Sink], limit: int) -> None:
        self.id = uuid.uuid4()
        self.size = 0
        self.reason: str | None = None
        self._open_sink, self._limit = open_sink, limit
        self._sink: Sink | None = None
        self._head = b""

    def write(self, data: bytes) -> int:
        """Encrypt and store `data`, unless the file is refused. A file over the size limit is refused."""
        self.size += len(data)
        self._head += data[: max(0, unaccepted.HEAD_BYTES - len(self._head))]
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
        """Make the complete file durable. Refuses an empty file."""
        if not self.size:
            self.refuse("empty")
        if self._sink:
            self._sink.finish()
            self._sink = None


class PhotoStream(FileStream):
    """Uploaded photo. `row` is the number in the form field's name (`photo-3`), or None for any other name."""

    def __init__(self, open_sink: Callable[[uuid.UUID], Sink], limit: int, field: str = "") -> None:
        super().__init__(open_sink, limit)
        found = ROW.fullmatch(field)
        self.row = int(found[1]) if found else None

    def refuse(self, reason: str) -> None:
        """Refuse the file. A video that is too large is refused as a video: making it smaller would not help."""
        kind = self._unaccepted() if reason == "too_large" else None
        super().refuse(kind if kind and kind != "not_a_photo" else reason)

    def finish(self) -> None:
        """Make the complete file durable. Refuses an empty file or one that cannot be a photo."""
        kind = self._unaccepted()
        if self.size and kind:
            self.refuse(kind)
        super().finish()

    def _unaccepted(self) -> str | None:
        return None if sniff(self._head) else unaccepted.by_signature(self._head)


class DocumentStream(FileStream):
    """Uploaded document that holds the text, stored under the id of its submission.

    `name` keeps only the ending of the file's name, because the rest may name its author.
    """

    def __init__(
        self, open_sink: Callable[[uuid.UUID], Sink], limit: int, file_name: str, submission_id: uuid.UUID
    ) -> None:
        super().__init__(open_sink, limit)
        self.id = submission_id
        ending = ENDING.search(file_name)
        self.name = ending[0].lower() if ending else ""


class Upload:
    """Files of one request, stored with the id and encryption key of the new submission.

    `announced` is the Content-Length of the request in bytes, or None if the request has none.
    """

    takes_document = True

    def __init__(self, settings: Settings, announced: int | None = None) -> None:
        self.id, self.key = uuid.uuid4(), new_key()
        self._settings, self._announced = settings, announced or 0
        self._streams: list[PhotoStream] = []
        self._documents: list[DocumentStream] = []
        self._handed_over = False

    def open_file(self, field: str, file_name: str) -> Discard:
        """Return the target of the next file. An empty file input has no file name and is discarded."""
        if not file_name:
            return Discard()
        # The previous file is complete. Finish it now, because S3 uploads hold their last part in memory.
        self._finish([*self._streams[-1:], *self._documents[-1:]])
        stream = (
            self._open_document(file_name)
            if field == DOCUMENT and self.takes_document
            else self._open_photo(field)
        )
        if self.too_much or self.too_many:
            stream.refuse("over_a_limit")
        return stream

    def _open_photo(self, field: str) -> FileStream:
        self._streams.append(PhotoStream(self._sink, self._settings.max_photo_bytes, field))
        return self._streams[-1]

    def _open_document(self, file_name: str) -> FileStream:
        self._documents.append(DocumentStream(self._sink, MAX_BYTES, file_name, self.id))
        return self._documents[-1]

    @property
    def streams(self) -> list[PhotoStream]:
        """Return the files in the order of the form's rows, and files without a row last."""
        return sorted(self._streams, key=lambda stream: stream.row or 1000)

    @property
    def document_file(self) -> str:
        """Return the storage name of the document."""
        return self._name(self.id)

    @property
    def documents(self) -> list[DocumentStream]:
        """Return the documents in the order of the request. A submission may have one."""
        return self._documents

    @property
    def too_much(self) -> bool:
        """Return whether the request exceeds the size limit."""
        size = max(self._announced, sum(stream.size for stream in self._all))
        return size > self._settings.max_request_bytes

    @property
    def too_many(self) -> bool:
        """Return whether there are more photos or documents than a submission may have."""
        return len(self._streams) > self._settings.max_photos or len(self._documents) > 1

    def finish(self) -> None:
        """Finish all files after the body is read."""
        self._finish(self._all)

    def hand_over(self) -> None:
        """Make `discard` do nothing from now on.

        Call this before the commit. The commit may succeed even if the database's response is lost.
        """
        self._handed_over = True

    def discard(self) -> None:
        """Delete all files, unless they were handed over."""
        if self._handed_over:
            return
        for stream in self._all:
            stream.refuse("abandoned")
            # Delete single files, not the folder, which may contain files of another answer.
            files().delete(self._name(stream.id))

    @property
    def _all(self) -> list[FileStream]:
        return [*self._streams, *self._documents]

    def _finish(self, streams: Sequence[FileStream]) -> None:
        for stream in streams:
            stream.finish()

    def _sink(self, file_id: uuid.UUID) -> Sink:
        return files().sink(self._name(file_id), self.key)

    def _name(self, file_id: uuid.UUID) -> str:
        return f"quarantine/{self.id}/{file_id}"
