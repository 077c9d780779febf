"""Client of an installation: sends submissions and watches the queue."""

import random
from pathlib import Path
from types import TracebackType

import httpx
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Job, Submission
from intake.queue.filters import Filters
from intake.queue.page import editor_queue, lane_counts
from tests.bench.case import Context

CREATED = 201
LETTERS = "абгдежзиклмнопрст"
NEWEST = Filters(sort="newest")


class Newsroom:
    """Client of the installation at `url` with its `database`. It sends files of `folder`."""

    def __init__(self, context: Context) -> None:
        self._folder = Path(context["folder"])
        self._http = httpx.Client(base_url=context["url"], timeout=120)
        self._engine = connect(context["database"])

    def __enter__(self) -> "Newsroom":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._http.close()
        self._engine.dispose()

    def send(self, title: str, photo: str | None = None, *, times: int = 1) -> None:
        """Send a text as long as the shared one, and copies of a photo, through the API.

        Appends two random letters to each word, because a text that repeats an earlier one is held as suspicious.
        """
        chance = random.Random(title)
        words = [
            word + chance.choice(LETTERS) + chance.choice(LETTERS)
            for word in self._read("text").decode().split()
        ]
        fields = {"title": title, "body": " ".join(words), "language": "kk", "consent": "yes"}
        numbers = range(1, times + 1) if photo else ()
        files = {f"photo-{i}": ("photo.jpg", self._read(photo or "")) for i in numbers} or None
        answer = self._http.post("/api/v1/submissions", data=fields, files=files)
        assert answer.status_code == CREATED, answer.text

    def lists(self, title: str, *, photos: int) -> bool:
        """Return whether the last submission is in the queue with so many clean photos.

        It first checks the status, because a page of the queue costs more and would slow the measured work.
        """
        with Session(self._engine) as session:
            newest = select(Submission.status).order_by(Submission.arrival.desc()).limit(1)
            if session.scalar(newest) != "in_review":
                return False
            found = [item.photos for item in editor_queue(session, NEWEST).items if item.title == title]
        assert found == [photos], f"{found} instead of {photos} clean photos"
        return True

    def waiting(self) -> int:
        """Number of submissions in the queue."""
        with Session(self._engine) as session:
            return lane_counts(session)["ours"].number

    def at_rest(self) -> bool:
        """Return whether every job has ended. Raises an error for a dead job."""
        with Session(self._engine) as session:
            rows = session.execute(select(Job.status, func.count()).group_by(Job.status)).all()
        left = {status for status, _ in rows} - {"done"}
        assert "dead" not in left, "a job is dead"
        return not left

    def _read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()
