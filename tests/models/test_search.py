import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("search_keys", "ck_search_keys_salt", {"number": -1}),
    Violation("search_keys", "ck_search_keys_salt", {"number": 0}),
    Violation("search_keys", "ck_search_keys_salt", {"salt": None}),
    Violation("search_keys", "ck_search_keys_salt", {"salt": bytes(31)}),
    Violation("search_keys", "pk_search_keys", {}, second=True),
    Violation("search_entries", "ck_search_entries_bucket", {"bucket": -1}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
