"""Words of generated submissions, sealed as the application seals them, in as many processes as there are cores."""

import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from intake.crypto import new_key
from intake.keys.files import key_holder, prepare
from intake.models import Note, Photo, Revision, Submission
from intake.models.sealing.key_ring import keyed_term, ring_of
from intake.settings import Settings

if TYPE_CHECKING:
    import psycopg

NEEDLE = "Кызылжарма"
"""Word in the title of exactly three submissions."""
PLACE = "Lop Nur"
"""Region of exactly three submissions."""
BATCH = 1000
WORDS = 160

Texts = dict[str, list[tuple[str, str]]]
"""Language → titles and paragraphs."""
Cells = tuple[Any, ...]

ROWS = "SELECT n, id, language, status, at, a, b, c, photos FROM bench_rows ORDER BY n"
RARE = "SELECT n FROM bench_rows WHERE status <> 'received' ORDER BY n % 331, n LIMIT 3"
COPIES = {
    "submission_keys": "submission_id, holder, wrapped",
    "bench_words": "id, print_name, region, region_term, tags, tag_terms",
    "revisions": "submission_id, number, sealed, title, html, words, report, created_at",
    "photos": "id, submission_id, position, status, full_key, web_key, thumb_key, caption, format, width, height, removed",
    "notes": "id, submission_id, editor_id, body",
}
"""Table → columns that are written, in this order."""
EMPTY = json.dumps({})
REPORT = json.dumps({"removed": {}, "flags": []})


class Row(NamedTuple):
    """A generated submission. `a`, `b` and `c` are the numbers of its paragraphs."""

    n: int
    id: UUID
    language: str
    status: str
    at: datetime
    a: int
    b: int
    c: int
    photos: int


class Words:
    """Writes the words of submissions. `count` is their number. `rare` are the submissions with NEEDLE in the title."""

    def __init__(self, texts: Texts, count: int, rare: frozenset[int], editor: int) -> None:
        self._texts, self._rare, self._editor = texts, rare, editor
        self._at_the_place = {1, count // 2, count // 3}

    def cells(self, row: Row) -> dict[str, list[Cells]]:
        """Return the rows of a submission, by the tables of COPIES."""
        key, session = new_key(), Session()
        ring_of(session).take(row.id, key=key)
        public = key_holder().public()
        return {
            "submission_keys": [(row.id, public.id, public.wrap(key, row.id))],
            "bench_words": [(row.id, *self._of_submission(session, row))],
            "revisions": list(self._revisions(session, row)),
            "photos": list(self._photos(session, row)),
            "notes": list(self._notes(session, row)),
        }

    def _of_submission(self, session: Session, row: Row) -> Cells:
        region = f"Region {row.n % 20}" if row.n % 3 == 0 else None
        if row.n in self._at_the_place:
            region = PLACE
        tags = [f"tag {row.n // 10 % 3}", "checked"] if row.n % 10 == 1 else []
        return (
            Submission.print_name.sealed(session, "A. N.", id=row.id),
            Submission.region.sealed(session, region, id=row.id) if region else None,
            keyed_term(region) if region else None,
            Submission.tags.sealed(session, tags, id=row.id) if tags else b"",
            [keyed_term(tag) for tag in tags],
        )

    def _revisions(self, session: Session, row: Row) -> Iterator[Cells]:
        yield row.id, 0, b"\0", None, None, 0, EMPTY, row.at
        if row.status == "received":
            return
        texts = self._texts[row.language]
        title = texts[row.n * 7 % len(texts)][0]
        if row.n in self._rare:
            title = f"{NEEDLE} {title}"
        html = "".join(f"<p>{texts[place][1]}</p>" for place in (row.a, row.b, row.c))
        named = {"submission_id": row.id, "number": 1}
        yield (
            row.id,
            1,
            None,
            Revision.title.sealed(session, title, **named),
            Revision.html.sealed(session, html, **named),
            WORDS,
            REPORT,
            row.at,
        )

    def _photos(self, session: Session, row: Row) -> Iterator[Cells]:
        for place in range(1, row.photos + 1):
            ident = uuid4()
            caption = Photo.caption.sealed(session, "A caption", submission_id=row.id, id=ident)
            yield ident, row.id, place, "clean", "f", "w", "t", caption, "jpeg", 4, 3, EMPTY

    def _notes(self, session: Session, row: Row) -> Iterator[Cells]:
        if row.n % 20 == 3:
            named = {"submission_id": row.id, "id": row.n, "link_id": None}
            body = Note.body.sealed(session, "Checked with the author, all true.", **named)
            yield row.n, row.id, self._editor, body


_words: list[Words] = []


def _begin(data: Path, *given: Any) -> None:
    os.environ["TRANSOM_DATA_DIR"] = str(data)
    _words.append(Words(*given))


def _sealed(rows: Sequence[Row]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {table: [] for table in COPIES}
    for row in rows:
        for table, cells in _words[0].cells(row).items():
            found[table].extend(cells)
    return found


def write(database: "psycopg.Connection[Any]", data: Path, texts: Texts) -> Iterator[int]:
    """Write the words of all `bench_rows`, with keys for the key files in the folder `data`. Yields how many are written."""
    prepare(Settings(data_dir=data))
    database.execute(
        "CREATE UNLOGGED TABLE bench_words (id uuid PRIMARY KEY, print_name bytea, region bytea, region_term bigint,"
        " tags bytea, tag_terms bigint[])"
    )
    rows = [Row(*one) for one in database.execute(ROWS)]
    rare = frozenset(n for (n,) in database.execute(RARE))
    (editor,) = database.execute("SELECT min(id) FROM editors").fetchone() or (1,)
    batches = [rows[place : place + BATCH] for place in range(0, len(rows), BATCH)]
    given = (data, texts, len(rows), rare, editor)
    with multiprocessing.get_context("spawn").Pool(initializer=_begin, initargs=given) as pool:
        for done, found in enumerate(pool.imap_unordered(_sealed, batches), 1):
            for table, columns in COPIES.items():
                with database.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                    for cells in found[table]:
                        copy.write_row(cells)
            yield min(done * BATCH, len(rows))
    database.execute("ANALYZE bench_words")
