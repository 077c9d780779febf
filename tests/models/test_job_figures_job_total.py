import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("job_totals", "ck_job_totals_queue", {"queue": "slow"}),
    Violation("job_totals", "ck_job_totals_measure", {"measure": "width"}),
    Violation("job_totals", "pk_job_totals", second=True),
    Violation("jobs_counted", "ck_jobs_counted_one", {"id": 2}),
    Violation("jobs_counted", "pk_jobs_counted", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
