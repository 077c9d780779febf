"""Uploads: each photo goes in pieces straight into encrypted quarantine, and is never decoded here."""

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
    """Takes a file that nobody asked for, and keeps nothing."""

    def write(self, data: bytes) -> int:
        """Forget `data`."""
        return len(data)


class PhotoStream(Discard):
    """One file of a submission on its way into quarantine; `reason` once it is refused.

    `row` is the number in the name of its field (`photo-3`), None where the field is called otherwise.
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
        """Encrypt and store, as long as this may be a photo within the limits."""
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
        """Keep nothing of it."""
        self.reason = self.reason or reason
        if self._sink:
            self._sink.abort()
            self._sink = None

    def finish(self) -> None:
        """All has arrived: put it where it survives a crash, or refuse what cannot be a photo."""
        if not self.size:
            self.refuse("empty")
        elif not self.reason and sniff(self._head) is None:
            self.refuse("not_a_photo")
        if self._sink:
            self._sink.finish()
            self._sink = None


class Upload:
    """The files of one request, under the id and the key that the submission will have.

    `announced` is the size of the whole request as its header gives it, None where it does not.
    """

    def __init__(self, settings: Settings, announced: int | None = None) -> None:
        self.id, self.key = uuid.uuid4(), new_key()
        self._settings, self._announced = settings, announced or 0
        self._streams: list[PhotoStream] = []
        self._handed_over = False

    def open_file(self, field: str, file_name: str) -> Discard:
        """Where the next file goes; a file input that was left empty comes without a name."""
        if not file_name:
            return Discard()
        # The one before has ended. On S3 its last part waits in memory until it is finished, and there may be twenty.
        self._finish(self._streams[-1:])
        stream = PhotoStream(self._sink, self._settings.max_photo_bytes, field)
        self._streams.append(stream)
        if self.too_much or self.too_many:
            stream.refuse("over_a_limit")
        return stream

    @property
    def streams(self) -> list[PhotoStream]:
        """The files in the order of the form's rows, those without a row last."""
        return sorted(self._streams, key=lambda stream: stream.row or 1000)

    @property
    def too_much(self) -> bool:
        """Whether the request is larger than a request may be."""
        size = max(self._announced, sum(stream.size for stream in self._streams))
        return size > self._settings.max_request_bytes

    @property
    def too_many(self) -> bool:
        """Whether there are more photos than a submission may have."""
        return len(self._streams) > self._settings.max_photos

    def finish(self) -> None:
        """All files have arrived."""
        self._finish(self._streams)

    def hand_over(self) -> None:
        """From here a commit may have made the files part of a submission, even if its answer is lost: delete none."""
        self._handed_over = True

    def discard(self) -> None:
        """Nothing came of it: leave no file."""
        if self._handed_over:
            return
        for stream in self._streams:
            stream.refuse("abandoned")
            # One by one: those of an answer lie beside what others send for the same submission.
            files().delete(self._name(stream.id))

    def _finish(self, streams: list[PhotoStream]) -> None:
        for stream in streams:
            stream.finish()

    def _sink(self, photo_id: uuid.UUID) -> Sink:
        return files().sink(self._name(photo_id), self.key)

    def _name(self, photo_id: uuid.UUID) -> str:
        return f"quarantine/{self.id}/{photo_id}"
