import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("messages", "ck_messages_token_hash", {"token_hash": b"short"}),
    Violation("messages", "fk_messages_editor_id", {"editor_id": 9}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
