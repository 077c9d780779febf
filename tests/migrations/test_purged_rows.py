"""Migration that empties rows of purged submissions, which older versions left with words that a constraint forbids now."""

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from intake.db import migrate
from tests.models.rows import NOW, SUBMISSION, Rows

BEFORE, AFTER = "0010", "0011"
OTHER = "00000000-0000-0000-0000-000000000009"
WORDS = {"region": "Almaty", "tags": ["water"], "published_url": "https://magazine.example/water"}


def test_purged_rows_are_emptied_and_others_are_not(empty_database_url: str) -> None:
    url = empty_database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    migrate(url, BEFORE)
    with psycopg.connect(empty_database_url, row_factory=dict_row) as connection:
        rows = Rows(connection)
        rows.insert("editors")
        rows.insert("submissions", status="purged", **WORDS)
        rows.insert("submissions", id=OTHER, receipt_hash=bytes(31) + b"1", wrapped_key=bytes(40), **WORDS)
        seen = {"crop": Jsonb({"x": 0}), "focus": Jsonb({"x": 0}), "removed": Jsonb({"gps": 1})}
        rows.insert("photos", status="purged", original_key=None, **seen)
        for number, finished in enumerate((NOW, None), start=1):
            token = f"00000000-0000-0000-0000-00000000000{number}"
            rows.insert("batches", token=token, finished_at=finished, messages=Jsonb({"en": "Words"}))
    migrate(url, AFTER)
    with psycopg.connect(empty_database_url, row_factory=dict_row) as connection:
        query = "SELECT id, region, tags, published_url FROM submissions"
        found = {row.pop("id"): row for row in connection.execute(query).fetchall()}
        assert found.pop(SUBMISSION) == {"region": None, "tags": [], "published_url": None}
        assert list(found.values()) == [WORDS]
        photo = connection.execute("SELECT crop, focus, removed FROM photos").fetchone()
        assert photo == {"crop": None, "focus": None, "removed": {}}
        messages = connection.execute("SELECT messages FROM batches ORDER BY id").fetchall()
        assert messages == [{"messages": {}}, {"messages": {"en": "Words"}}]
