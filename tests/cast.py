"""The cast of all stories: who sends, who reads, who looks after the machines, and who must be refused.

Nobody has a password: tests that log in give one through `intake.accounts.invitations.set_password`.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from intake import consent, receipts
from intake.accounts import invitations
from intake.crypto import new_key
from intake.db import transaction
from intake.models import Editor, Job, Submission
from intake.settings import Settings
from intake.storage import files
from intake.submissions.screening import CleanWords, text_cleaned
from intake.submissions.submit import NewSubmission, PhotoDraft, submit

# Names and roles.
EDITOR = ("Asel Nurbekova", "editor")
OTHER_EDITOR = ("Tomas Havlik", "editor")
CHIEF = ("Miriam Osei", "chief")
ADMIN = ("Daniel Ferreira", "admin")
OUTSIDER = ("Orsolya Varga",)
RunJobs = Callable[[], list[str]]


class Contributor:
    """Sends as the web does. `receipt` (canonical) and `submission_id` are those of the last submission."""

    def __init__(self) -> None:
        self.receipt = ""
        self.submission_id = uuid.UUID(int=0)

    def draft(self, *photos: bytes, receipt: str = "", **words: str) -> NewSubmission:
        """A draft whose photos lie in quarantine; `words` are fields of Draft."""
        draft_id, key = uuid.uuid4(), new_key()
        fields: dict[str, Any] = {
            "title": "Over the river",
            "body": "The ice broke at noon.",
            "format": "plain",
        } | words
        return NewSubmission(
            id=draft_id,
            key=key,
            receipt=receipt or receipts.derive(receipts.new_token()),
            consent=consent.default("The Lantern"),
            photos=[_stored(draft_id, key, number, photo) for number, photo in enumerate(photos, start=1)],
            **{"language": "en", "section": "News"} | fields,
        )

    def submit(self, *photos: bytes, **words: str) -> uuid.UUID:
        """Send a submission; its id."""
        return self.send(self.draft(*photos, **words))

    def send(self, draft: NewSubmission) -> uuid.UUID:
        """Send a draft; the id of the submission."""
        with transaction() as session:
            self.submission_id = submit(session, draft).id
        self.receipt = draft.receipt
        return self.submission_id


def _stored(draft_id: uuid.UUID, key: bytes, number: int, photo: bytes) -> PhotoDraft:
    photo_id = uuid.uuid4()
    files().put(f"quarantine/{draft_id}/{photo_id}", photo, key)
    return PhotoDraft(photo_id, f"Caption {number}", f"Credit {number}")


def cleaned(**changes: Any) -> CleanWords:
    """Return the cleaned words of a submission."""
    words: dict[str, Any] = {
        "title": "Over the river",
        "html": "<p>The ice broke at noon.</p>",
        "words": 5,
        "print_name": "A. N.",
    }
    report = {"removed": {"control": 1}, "flags": [], "fallback": False}
    return CleanWords(**{"photos": {}, "report": report} | words | changes)


def join(name: str, *roles: str) -> Editor:
    """An account of this name and these roles."""
    email = f"{name.split()[0].lower()}@transom.example"
    with transaction() as session:
        return invitations.create_account(
            session, email=email, name=name, roles=list(roles), password_hash=None
        )


@pytest.fixture
def contributor(app_settings: Settings) -> Contributor:
    """A stranger who sends texts and photos."""
    return Contributor()


@pytest.fixture
def in_review(contributor: Contributor) -> Submission:
    """A submission as an editor first finds it, without photos. It is what it was then: it belongs to no session."""
    contributor.submit(contact="signal: +7 700 000 00 00")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
        return session.get_one(Submission, contributor.submission_id)


@pytest.fixture
def editor(app_settings: Settings) -> Editor:
    """Reads and decides."""
    return join(*EDITOR)


@pytest.fixture
def other_editor(app_settings: Settings) -> Editor:
    """Whom the editor meets in the queue."""
    return join(*OTHER_EDITOR)


@pytest.fixture
def chief(app_settings: Settings) -> Editor:
    """Leads the desk."""
    return join(*CHIEF)


@pytest.fixture
def admin(app_settings: Settings) -> Editor:
    """Looks after the machines, and reads nothing."""
    return join(*ADMIN)


@pytest.fixture
def outsider(app_settings: Settings) -> Editor:
    """Has an account and no role."""
    return join(*OUTSIDER)


@pytest.fixture
def run_jobs(app_settings: Settings) -> RunJobs:
    """Runs all jobs of the ledger that are due, and those that they start, here; their kinds, in that order.

    The broker has no part in it: calling Celery's task is calling the function, whatever settings `workers.app` was
    imported under. Database, keys and files are those of the test, since the fixture `app_settings` forgot the others.
    """
    from workers import runner

    def run_all() -> list[str]:
        ran = []
        while due := _due():
            for number, kind in due:
                runner.run(number)
                ran.append(kind)
        return ran

    return run_all


def _due() -> list[tuple[int, str]]:
    waits = Job.status.in_(("pending", "sent")) & (Job.run_at <= func.now())
    with transaction() as session:
        return [
            (number, kind)
            for number, kind in session.execute(select(Job.id, Job.kind).where(waits).order_by(Job.id))
        ]
