"""Marks in every field of submissions, from a draft to the end of a life."""

import secrets
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Batch
from intake.submissions import sealing
from tests.health.scrub.life import Contributor, Newsroom
from tests.models.rows import Rows
from tests.opened import open_words
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole

if TYPE_CHECKING:
    import psycopg

AT_ONCE = 3
SOME = 2
"""Number of submissions with slow steps: opening unchanged photos, publishing and retracting."""
VERDICTS = (("accept", ""), ("reject", "late"), ("request_changes", ""), ("hold", "legal"), ("batch", ""))
"""Verdict and reason of each submission, in turn. Those of a batch are rejected together."""


@dataclass
class Planting:
    """Submissions with a mark in every field of words, and another in columns that are in clear.

    Marks are random, and in lower case, as a search would store them. For ten submissions, there is one unsent draft.
    """

    whole: Whole
    connection: "psycopg.Connection[Any]"
    mark: str = field(default_factory=lambda: f"cnry{secrets.token_hex(8)}")
    bare: str = field(default_factory=lambda: f"cnry{secrets.token_hex(8)}")

    def __post_init__(self) -> None:
        self.contributor = Contributor(self.whole, self.mark)
        self.newsroom = Newsroom(self.whole, self.mark)

    def send(self, number: int) -> None:
        """Send that many submissions, every other one by the pages of a draft, and wait until they are clean."""
        self.newsroom.open()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._send, range(number)))
        for _ in range(max(1, number // 10)):
            self.contributor.draft(f"{self.mark} unsent", send=False)
        until(lambda: self.count("submissions", "status = 'in_review'") == number, 600)
        until(lambda: self.count("photos", "status = 'received'") == 0, 600)

    def live(self) -> None:
        """Take all submissions through their life cycle, then let PostgreSQL collect statistics with ANALYZE."""
        desk, verdicts = self.newsroom, dict[str, list[str]]()
        desk.keep_words()
        rows = self.connection.execute("SELECT id FROM submissions WHERE status = 'in_review' ORDER BY arrival")  # fmt: skip
        ids = [here for (here,) in rows.fetchall()]
        opened = list(filter(self._keeps_original, ids))[:SOME]
        desks = SimpleQueue[Newsroom]()
        for _ in range(AT_ONCE):
            desks.put(Newsroom(self.whole, self.mark, desk.passphrases).log_in())

        def work(here: uuid.UUID, verdict: str, code: str) -> None:
            free = desks.get()
            free.work(str(here), opens=here in opened)
            if verdict != "batch":
                free.decide(str(here), verdict, code)
            desks.put(free)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = []
            for here, (verdict, code) in zip(ids, cycle(VERDICTS), strict=False):
                verdicts.setdefault(verdict, []).append(str(here))
                running.append(pool.submit(work, here, verdict, code))
            for one in running:
                one.result()
        desk.reject_all(verdicts["batch"])
        until(lambda: self.count("submissions", "settles_at IS NOT NULL") == 0, 60)
        asked = sum(map(self.contributor.answer, self.contributor.receipts))
        assert asked == len(verdicts["request_changes"])
        until(lambda: self.count("submissions", "status = 'received'") == 0, 120)
        for receipt in self.contributor.receipts:
            self.contributor.write(receipt)
        for number, here in enumerate(verdicts["accept"]):
            desk.export(here)
            if number < SOME:
                desk.publish(here)
        desk.search()
        self._fill_columns_in_clear()
        self.connection.autocommit = True
        self.connection.execute("ANALYZE")
        self.connection.execute("CHECKPOINT")

    def unplanted(self) -> set[str]:
        """Return the names of columns for sealed words of which no row holds the mark."""
        engine = connect(self.whole.settings.sqlalchemy_url)
        with Session(engine) as session:
            open_words(session, self.whole.settings)
            models = [one for one in (*sealing.OF_SUBMISSIONS, *sealing.OTHERS) if one is not Batch]
            found = {
                f"{model.__name__}.{words.attribute}"
                for model in models
                for words in model.WORDS
                if not any(
                    self.mark in str(words.__get__(row, type(row))) for row in session.scalars(select(model))
                )
            }
        engine.dispose()
        return found

    def count(self, table: str, condition: str) -> int:
        """Number of rows that meet a condition."""
        found = self.connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()
        self.connection.commit()
        return found[0] if found else 0

    def _send(self, number: int) -> None:
        """Send a submission with a photo. The text is long enough for TOAST, and does not compress."""
        mark, long = self.mark, " ".join(secrets.token_urlsafe(40) for _ in range(90))
        body = f"{mark} began.\n\n{long}\n\n{mark} ended."
        if number % 2:
            self.contributor.draft(body)
            return
        words = {"caption-1": f"{mark} caption", "credit-1": f"{mark} credit"}
        given = {"print_name": f"{mark} name", "contact": f"{mark} contact", "section": "News"}
        photos = [jpeg_with_gps(64, 48, mark)]
        receipt = self.whole.submit(f"{mark} title", body=body, photos=photos, **given, **words)
        self.contributor.receipts.append(receipt)

    def _keeps_original(self, here: uuid.UUID) -> bool:
        found = self.connection.execute("SELECT FROM sealed_originals WHERE submission_id = %s", [here])
        return found.fetchone() is not None

    def _fill_columns_in_clear(self) -> None:
        """Write the second mark (`bare`) into unsealed columns, in which Transom itself stores no words of people."""
        write = Rows(self.connection)
        found = self.connection.execute("SELECT max(id) FROM editors").fetchone()
        for (here,) in self.connection.execute(
            "SELECT id FROM submissions WHERE status <> 'draft'"
        ).fetchall():
            for table, row in self._rows(here):
                of = {} if table in ("answers", "face_searches") else {"editor_id": found and found[0]}
                write.insert(table, **{"submission_id": here, **of, **row})
        self.connection.commit()

    def _rows(self, here: uuid.UUID) -> Iterator[tuple[str, dict[str, Any]]]:
        bare = self.bare
        query = "SELECT id FROM photos WHERE submission_id = %s ORDER BY position"
        photo = self.connection.execute(query, [here]).fetchone()
        assert photo
        yield "answers", {"sealed": bare.encode(), "token_hash": secrets.token_bytes(32)}
        yield "checklist_ticks", {"point": bare}
        yield "retouches", {"photo_id": photo[0], "what": Jsonb({"marks": bare})}
        yield "face_searches", {"photo_id": photo[0], "areas": Jsonb([bare])}
        yield "events", {"name": "note.written", "data": Jsonb({"word": bare})}
