import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("messages", "ck_messages_token_hash", {"token_hash": b"short"}),
    Refused("messages", "fk_messages_editor_id", {"editor_id": 9}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
