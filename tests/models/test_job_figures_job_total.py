import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("job_totals", "ck_job_totals_queue", {"queue": "slow"}),
    Refused("job_totals", "ck_job_totals_measure", {"measure": "width"}),
    Refused("job_totals", "pk_job_totals", second=True),
    Refused("jobs_counted", "ck_jobs_counted_one", {"id": 2}),
    Refused("jobs_counted", "pk_jobs_counted", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
