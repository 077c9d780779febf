from datetime import UTC, datetime

import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("presence", "ck_presence_doing", {"doing": "sleeping"}),
    Violation("presence", "ck_presence_keeps", {"keeps_until": datetime(2026, 1, 1, tzinfo=UTC)}),
    Violation("presence", "pk_presence", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
