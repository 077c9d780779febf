"""Marks in every field of submissions, and the search for their bytes in all files."""

import contextlib
import os
import secrets
import stat
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Decision, Draft, Message, Note, PublicationNote, ReadingLink, Submission
from tests.models.rows import Rows
from tests.opened import open_words
from tests.photos.made import jpeg_with_gps
from tests.whole import Whole

if TYPE_CHECKING:
    import psycopg

PART = 1 << 20


@dataclass
class Planting:
    """Submissions with a mark in every field of words, and another in columns that are in clear.

    Marks are random, and in lower case, as a search would store them.
    """

    whole: Whole
    mark: str = field(default_factory=lambda: f"cnry{secrets.token_hex(8)}")
    bare: str = field(default_factory=lambda: f"cnry{secrets.token_hex(8)}")
    receipts: list[str] = field(default_factory=list)

    def send(self) -> None:
        """Send a submission with a photo by the API. Its text is long enough for TOAST, and does not compress."""
        long = " ".join(secrets.token_urlsafe(40) for _ in range(90))
        fields = {name: f"{self.mark} {name}" for name in ("title", "print_name", "contact")}
        photo = jpeg_with_gps(64, 48, self.mark)
        body = f"{self.mark} began.\n\n{long}\n\n{self.mark} ended."
        words = {"caption-1": f"{self.mark} caption", "credit-1": f"{self.mark} credit"}
        self.receipts.append(
            self.whole.submit(fields.pop("title"), body=body, photos=[photo], **fields, **words)
        )

    def live(self, connection: "psycopg.Connection[Any]") -> None:
        """Write what editors and contributors write afterwards into each submission, and read it by every statistic."""
        write = Rows(connection)
        connection.execute("INSERT INTO editors (email, name, active, fs_uniquifier) VALUES (%s, 'Asel', true, 'x')", [f"{uuid.uuid4()}@x.example"])  # fmt: skip
        editor = connection.execute("SELECT max(id) FROM editors").fetchone()
        by: dict[str, Any] = {"editor_id": editor and editor[0]}
        for (here,) in connection.execute("SELECT id FROM submissions").fetchall():
            for table, row in self._rows(connection, here):
                of = {} if table in ("answers", "face_searches") else by
                write.insert(table, **{"submission_id": here, **of, **row})
        connection.commit()
        self._seal(by)
        connection.autocommit = True
        connection.execute("ANALYZE")
        connection.execute("CHECKPOINT")

    def _rows(
        self, connection: "psycopg.Connection[Any]", here: uuid.UUID
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows with the mark of columns in clear, which have no words but where this test puts them."""
        bare = self.bare
        photo = connection.execute("SELECT id FROM photos WHERE submission_id = %s", [here]).fetchone()
        assert photo
        yield "answers", {"sealed": bare.encode(), "token_hash": secrets.token_bytes(32)}
        yield "checklist_ticks", {"point": bare}
        yield "retouches", {"photo_id": photo[0], "what": Jsonb({"marks": bare})}
        yield "face_searches", {"photo_id": photo[0], "areas": Jsonb([bare])}
        yield "events", {"name": "note.written", "data": Jsonb({"word": bare})}

    def _seal(self, by: dict[str, Any]) -> None:
        """Write the mark of words into all fields whose words are sealed, as the desk does."""
        mark, settings = self.mark, self.whole.settings
        engine = connect(settings.sqlalchemy_url)
        with Session(engine) as session, session.begin():
            open_words(session, settings)
            for found in session.scalars(select(Submission)):
                found.published_url = found.print_name = mark
                for photo in found.photos:
                    photo.caption = photo.credit = photo.alt = mark
                for revision in found.revisions[1:]:
                    revision.title = revision.html = revision.note = mark
                    revision.details = {"photos": [], "region": mark}
                of = by | {"submission_id": found.id}
                revision_id = found.revisions[-1].id
                session.add_all([
                    Message(submission_id=found.id, body=mark), Note(**of, body=mark),
                    PublicationNote(**of, kind="retraction", body=mark), Draft(**of, kind="note", version=1, fields={"body": mark}),
                    ReadingLink(**of, name=mark, hash=secrets.token_bytes(32), expires_at=func.now()),
                    Decision(**of, revision_id=revision_id, verdict="hold", message=mark, state="replaced"),
                ])  # fmt: skip
        engine.dispose()

    def withdraw(self) -> None:
        """Withdraw all submissions as their contributors do."""
        for receipt in self.receipts:
            answer = self.whole.client.post(
                "/receipt/withdrawals", data={"receipt": receipt, "confirm": "yes"}
            )
            assert answer.status_code == 200, answer.text


def keys(connection: "psycopg.Connection[Any]") -> list[bytes]:
    """Return all wrapped keys of submissions."""
    return [bytes(row[0]) for row in connection.execute("SELECT wrapped FROM submission_keys")]


TEMPORARY = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"))


def temporary() -> set[Path]:
    """Return all entries of the folders for temporary files."""
    return {entry for folder in TEMPORARY for entry in folder.iterdir()}


def find(whole: Whole, before: set[Path], *wanted: list[bytes]) -> list[dict[str, int]]:
    """Return, for each list of wanted bytes, kind of file → how many files of this kind hold one of them.

    All files of the installation and its log are read, and all entries of folders for temporary files that were not
    there before.
    """
    found = [Counter[str]() for _ in wanted]
    for path in {path.resolve() for root in _roots(whole, before) for path in _files(root)}:
        for number in _held(path, wanted):
            found[number][_kind(path)] += 1
    return [dict(one) for one in found]


def _roots(whole: Whole, before: set[Path]) -> set[Path]:
    return {whole.settings.data_dir, whole.settings.run_dir, whole.log, *(temporary() - before)}


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, _, names in os.walk(root):
        yield from (Path(folder) / name for name in names)


def _held(path: Path, wanted: Sequence[list[bytes]]) -> set[int]:
    """Return the numbers of the lists of which a file holds something. It is read in parts that overlap."""
    overlap = max(len(word) for words in wanted for word in words)
    held = set[int]()
    # A file that ended meanwhile holds nothing any more.
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(path.lstat().st_mode):
            return held
        held |= _held_by(path, wanted, overlap)
    return held


def _held_by(path: Path, wanted: Sequence[list[bytes]], overlap: int) -> set[int]:
    before, held = b"", set[int]()
    with path.open("rb") as file:
        while part := file.read(PART):
            seen = before + part
            held |= {
                number for number, words in enumerate(wanted) if any(word in seen for word in words)
            }  # fmt: skip
            before = seen[-overlap:]
    return held


def _kind(path: Path) -> str:
    parts = path.parts
    if "pg_wal" in parts:
        return "write-ahead log"
    return "tables" if "base" in parts else path.name
