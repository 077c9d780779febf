"""Submissions as they were stored before words were sealed, in the tables of that version."""

import json
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb
from sqlalchemy import select

from intake import receipts
from intake.crypto import new_key, seal
from intake.db import transaction
from intake.keys.by_secret import RECEIPT_WRAP
from intake.keys.files import key_holder
from intake.keys.holders import APPLICATION, RECEIPT
from intake.models import Decision, Message, Note, Photo, Reply, Revision, Submission, View
from intake.queue.view_seals import open_view
from tests.former_keys import wrapped_formerly
from tests.models.rows import CLEAN, NOW, Rows

if TYPE_CHECKING:
    import psycopg

BEFORE = "0037"
"""Revision of the tables with all words in clear, also in the search index."""
TERMS = (
    "INSERT INTO search_entries (submission_id, received_at, arrival, terms) SELECT s.id, s.received_at, s.arrival,"
    " to_tsvector('simple', r.title || ' ' || r.html) FROM submissions s JOIN revisions r ON r.submission_id = s.id AND r.number = 1"
)
OPENED = 500
"""Number of submissions whose words are read at a time."""


class FormerWords:
    """Writes submissions with `mark` in all their words, and can check these later. Submissions are numbered from 0.

    Every tenth submission is rejected. Its key is wrapped as it was before key pairs were introduced.
    """

    def __init__(self, mark: str, number: int) -> None:
        self._mark, self._ids = mark, [uuid.uuid4() for _ in range(number)]
        self.receipt = receipts.derive(receipts.new_token())
        """Receipt of the first submission."""

    def write(self, connection: "psycopg.Connection[Any]") -> None:
        """Write all rows, in one transaction."""
        rows = Rows(connection)
        rows.insert("editors", id=1)
        connection.execute("SELECT setval(pg_get_serial_sequence('editors', 'id'), 1)")
        for number, here in enumerate(self._ids):
            self._submission(rows, number, here)
            if number % 10 == 0:
                self._decision(connection, rows, number, here)
        for statement in (
            TERMS,
            "INSERT INTO events (name, submission_id, data) SELECT 'submission.received', id, '{}' FROM submissions",
        ):
            connection.execute(statement)
        view = "INSERT INTO views (editor_id, name, shared, filters) VALUES (1, %s, true, %s)"
        connection.execute(view, [self._text("view", 0), Jsonb({"q": self._mark})])
        reply = "INSERT INTO replies (verdict, language, name, body) VALUES ('hold', 'en', %s, %s)"
        connection.execute(reply, [self._text("name", 0), self._text("reply", 0)])

    def changed(self) -> Iterator[str]:
        """Read all words with the present version of Transom. Yields descriptions of missing and changed words."""
        for start in range(0, len(self._ids), OPENED):
            numbers = {here: start + place for place, here in enumerate(self._ids[start : start + OPENED])}
            with transaction() as session:
                for model, names in WORDS.items():
                    under = getattr(model, model.SEALED_UNDER)
                    seen = set()
                    for row in session.scalars(select(model).where(under.in_(numbers), *written(model))):
                        number = numbers[getattr(row, model.SEALED_UNDER)]
                        seen.add(number)
                        yield from self._differences(row, names, number)
                    wanted = {one for one in numbers.values() if one % 10 == 0 or model is not Decision}
                    yield from (f"{model.__name__} of {number}" for number in wanted - seen)
        with transaction() as session:
            views = [open_view(row) for row in session.scalars(select(View))]
            if [view and (view.name, dict(view.filters)) for view in views] != [(self._text("view", 0), {"q": self._mark})]:  # fmt: skip
                yield "the view"
            replies = [(row.name, row.body) for row in session.scalars(select(Reply))]
            if (self._text("name", 0), self._text("reply", 0)) not in replies:
                yield "the reply"

    def _differences(self, row: Any, names: dict[str, str], number: int) -> Iterator[str]:
        for attribute, kind in names.items():
            found, wanted = getattr(row, attribute), self._text(kind, number)
            if attribute == "tags":
                wanted = [wanted]  # type: ignore[assignment]
            if found != wanted:
                yield f"{type(row).__name__}.{attribute} of {number}"

    def _text(self, kind: str, number: int) -> str:
        words = f"{self._mark} {kind} of {number}"
        return f"<p>{words}</p>" + f"<p>Number {number} has further words of no weight.</p>" * 24 if kind == "text" else words  # fmt: skip

    def _submission(self, rows: Rows, number: int, here: uuid.UUID) -> None:
        key, text = new_key(), self._text
        receipt = self.receipt if number == 0 else receipts.derive(receipts.new_token())
        rows.insert(
            "submissions", id=here, status="in_review", receipt_hash=receipts.hashed(receipt), screened_at=NOW,
            print_name=text("print", number), region=text("region", number), tags=[text("tag", number)], photo_count=1,
        )  # fmt: skip
        self._keys(rows, number, here, key, receipt)
        raw = {
            "title": text("title", number),
            "body": text("text", number),
            "format": "html",
            "language": "en",
        }
        sealed = seal(key, json.dumps(raw).encode(), f"{here} revision 0".encode())
        rows.insert("revisions", submission_id=here, number=0, sealed=sealed, title=None, html=None)
        words: dict[str, Any] = {"title": text("title", number), "html": text("text", number), "words": 200}
        rows.insert("revisions", submission_id=here, number=1, **words)
        photo = {"caption": text("caption", number), "credit": text("credit", number), "alt": text("alt", number)}  # fmt: skip
        rows.insert("photos", id=uuid.uuid4(), submission_id=here, **CLEAN | photo, original_key=None)
        rows.insert("messages", submission_id=here, body=text("message", number))
        rows.insert("notes", submission_id=here, body=text("note", number))

    def _keys(self, rows: Rows, number: int, here: uuid.UUID, key: bytes, receipt: str) -> None:
        pair = key_holder().public()
        holders = {pair.id: pair.wrap(key, here), RECEIPT: RECEIPT_WRAP.wrap(key, receipt, here)}
        if number % 10 == 0:
            holders = {APPLICATION: wrapped_formerly(key)}
        for holder, wrapped in holders.items():
            rows.insert("submission_keys", submission_id=here, holder=holder, wrapped=wrapped)

    def _decision(
        self, connection: "psycopg.Connection[Any]", rows: Rows, number: int, here: uuid.UUID
    ) -> None:
        found = connection.execute("SELECT max(id) FROM revisions WHERE submission_id = %s", [here]).fetchone()  # fmt: skip
        words = {"verdict": "reject", "code": "late", "message": self._text("decision", number)}
        rows.insert("decisions", submission_id=here, revision_id=found and found[0], **words)
        connection.execute(
            "UPDATE submissions SET status = 'rejected', decision_id = (SELECT max(id) FROM decisions) WHERE id = %s",
            [here],
        )


WORDS: dict[Any, dict[str, str]] = {
    Submission: {"print_name": "print", "region": "region", "tags": "tag"},
    Revision: {"title": "title", "html": "text"},
    Photo: {"caption": "caption", "credit": "credit", "alt": "alt"},
    Message: {"body": "message"},
    Note: {"body": "note"},
    Decision: {"message": "decision"},
}
"""Model → {attribute with words: kind of text that FormerWords wrote into it}."""


def written(model: Any) -> list[Any]:
    """Return conditions on the rows that FormerWords wrote, without rows that were added at the desk later."""
    if model is Revision:
        return [Revision.number == 1]
    if model is Decision:
        return [Decision.code == "late"]
    if model is Message:
        return [Message.editor_id.is_(None)]
    return [Note.editor_id == 1] if model is Note else []
