import pytest
from psycopg.types.json import Jsonb

from tests.models.rows import Rows, Violation

CLEAR = {"name": "Mine", "filters": Jsonb({}), "sealed": None, "name_hash": None}
"""Columns of a view from before views were sealed."""
REFUSED = [
    Violation("views", "ck_views_name", CLEAR | {"name": " "}),
    Violation("views", "ck_views_name_hash", {"name_hash": b"short"}),
    Violation("views", "ck_views_sealed", {"name": "Mine"}),
    Violation("views", "ck_views_sealed", {"sealed": None}),
    Violation("views", "ck_views_sealed", CLEAR | {"filters": None}),
    Violation("views", "uq_views_editor_id_name_hash", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
