"""Exact numbers of removed metadata become summaries as cleaning stores them now."""

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from intake.db import migrate
from intake.photos.metadata_report import KINDS
from intake.photos.removed import summarize
from tests.models.rows import SUBMISSION, Rows

BEFORE = "0014"
CLEAN = {
    "status": "clean", "original_key": None, "full_key": "f", "web_key": "w", "thumb_key": "t", "format": "jpeg", "width": 4,
    "height": 3, "dhash": "0" * 16,
}  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 4, 5, 314_084])
def test_numbers_become_summaries(empty_database_url: str, number: int) -> None:
    url = empty_database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    migrate(url, BEFORE)
    counts = dict.fromkeys(KINDS, number)
    with psycopg.connect(empty_database_url) as connection:
        rows = Rows(connection)
        rows.insert("submissions", wrapped_key=bytes(40))
        rows.insert("photos", **CLEAN, removed=Jsonb(counts))
        rows.insert("events", name="photo.clean", submission_id=SUBMISSION, data=Jsonb({"removed": counts}))
        rows.insert(
            "events", name="text.clean", submission_id=SUBMISSION, data=Jsonb({"removed": {"link": 7}})
        )
    migrate(url)
    with psycopg.connect(empty_database_url, row_factory=dict_row) as connection:
        assert connection.execute("SELECT removed FROM photos").fetchall() == [{"removed": summarize(counts)}]
        events = connection.execute("SELECT name, data FROM events ORDER BY id").fetchall()
        assert [event["data"] for event in events] == [{}, {"removed": {"link": 7}}]
        columns = connection.execute("SELECT * FROM photos").fetchone()
        assert columns is not None
        assert "dhash" not in columns
