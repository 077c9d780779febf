"""Photos that come with an answer: they go under the id and the key of the submission that they join."""

from intake import receipts
from intake.db import DatabaseAway, transaction
from intake.lifecycle import may
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.web.uploads import Discard, PhotoStream, Upload

NOWHERE = "nowhere"


class AnswerUpload(Upload):
    """Which submission it is, the words tell that stand before the first file: `words` grows as the body is read.

    Where they name none that is asked for an answer, nothing is kept, and `nowhere` is true once there was a file.
    """

    def __init__(self, settings: Settings, announced: int | None, words: list[tuple[str, str]]) -> None:
        super().__init__(settings, announced)
        self._words = words
        self._found: bool | None = None

    def open_file(self, field: str, file_name: str) -> Discard:
        """Where the next file goes."""
        if self._found is None:
            self._found = self._find()
        target = super().open_file(field, file_name)
        if isinstance(target, PhotoStream) and not self._found:
            target.refuse(NOWHERE)
        return target

    def _finish(self, streams: list[PhotoStream]) -> None:
        """Unless the submission was withdrawn and its folder deleted meanwhile."""
        try:
            super()._finish(streams)
        except FileNotFoundError:
            for stream in self.streams:
                stream.refuse(NOWHERE)

    @property
    def nowhere(self) -> bool:
        """Whether photos came that nobody could keep."""
        return self._found is False or any(stream.reason == NOWHERE for stream in self.streams)

    def _find(self) -> bool:
        """In the middle of a body: if the database is away, the words that follow must still be read."""
        code = receipts.canonical(dict(self._words).get("receipt", ""))
        try:
            with transaction() as session:
                submission = by_receipt(session, code) if code else None
                if submission is None or not may("answer", submission.status):
                    return False
                self.id, self.key = submission.id, submission.key
        except DatabaseAway:
            return False
        return True
