import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("answers", "ck_answers_token_hash", {"token_hash": b"short"}),
    Violation(
        "answers", "fk_answers_submission_id", {"submission_id": "00000000-0000-0000-0000-000000000009"}
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
