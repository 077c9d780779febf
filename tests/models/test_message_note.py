import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("notes", "fk_notes_editor_id", {"editor_id": 9}),
    Violation("notes", "ck_notes_author", {"editor_id": None}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
