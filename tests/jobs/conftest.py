from datetime import timedelta

import pytest
from sqlalchemy import func

from intake.db import transaction
from intake.models import Job
from intake.settings import Settings


@pytest.fixture
def jobs(app_settings: Settings) -> list[int]:
    """Five due jobs, the first due for the longest time."""
    with transaction() as session:
        made = [
            Job(kind="housekeeping.sweep", slot=str(n), run_at=func.now() - timedelta(minutes=9 - n))
            for n in range(5)
        ]
        session.add_all(made)
        session.flush()
        return [job.id for job in made]
