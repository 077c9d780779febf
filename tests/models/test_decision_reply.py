import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("replies", "ck_replies_verdict", {"verdict": "perhaps"}),
    Refused("replies", "ck_replies_words", {"body": " "}),
    Refused("replies", "ck_replies_words", {"name": ""}),
    Refused("replies", "uq_replies_verdict_language_name", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
