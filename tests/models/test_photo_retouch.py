import pytest
from psycopg.types.json import Jsonb

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("retouches", "ck_retouches_kind", {"kind": "paint"}),
    Violation("retouches", "ck_retouches_state", {"state": "lost"}),
    Violation("face_searches", "ck_face_searches_state", {"state": "lost"}),
    Violation("face_searches", "ck_face_searches_areas", {"state": "asked", "areas": Jsonb([[0, 0, 1, 1]])}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
