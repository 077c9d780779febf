import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("views", "ck_views_name", {"name": " "}),
    Violation("views", "uq_views_editor_id_name", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
