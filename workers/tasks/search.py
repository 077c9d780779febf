"""Handler that updates the search entry of a submission."""

from intake.db import transaction
from intake.models import Job, Submission
from intake.queue import search_index
from workers.tasks.job import submission_of


def index_submission(job: Job) -> None:
    """Replace the search entry of the job's submission."""
    with transaction() as session:
        search_index.index(session, session.get_one(Submission, submission_of(job)))
