import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("reading_links", "ck_reading_links_name", {"name": b""}),
    Violation("reading_links", "ck_reading_links_hash", {"hash": b"short"}),
    Violation("reading_links", "ck_reading_links_cookie_hash", {"cookie_hash": b"short"}),
    Violation("reading_links", "ck_reading_links_opened", {"opened_at": None}),
    Violation("reading_links", "fk_reading_links_editor_id", {"editor_id": 9}),
    Violation("reading_links", "uq_reading_links_hash", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
