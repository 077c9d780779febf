import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("views", "ck_views_name", {"name": " "}),
    Refused("views", "uq_views_editor_id_name", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
