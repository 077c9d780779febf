import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("presence", "ck_presence_doing", {"doing": "sleeping"}),
    Refused("presence", "pk_presence", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
