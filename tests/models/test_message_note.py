import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("notes", "fk_notes_editor_id", {"editor_id": 9}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
