"""Fixtures for people: a contributor, editors, a chief editor, an admin, and a person without any role.

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
    """A contributor, who sends as the web pages do. `receipt` (canonical) and `submission_id` are of the last submission."""

    def __init__(self) -> None:
        self.receipt = ""
        self.submission_id = uuid.UUID(int=0)

    def draft(self, *photos: bytes, receipt: str = "", **words: str) -> NewSubmission:
        """Create a draft whose photos are in the storage area `quarantine`. `words` are fields of Draft."""
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
        """Send a submission. Returns its id."""
        return self.send(self.draft(*photos, **words))

    def send(self, draft: NewSubmission) -> uuid.UUID:
        """Send a draft. Returns the id of the submission."""
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
    """Create an account with this name and these roles."""
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
    """A cleaned submission in review, without photos. The object belongs to no session, so it never changes."""
    contributor.submit(contact="signal: +7 700 000 00 00")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
        return session.get_one(Submission, contributor.submission_id)


@pytest.fixture
def editor(app_settings: Settings) -> Editor:
    """An editor, who reads and decides."""
    return join(*EDITOR)


@pytest.fixture
def other_editor(app_settings: Settings) -> Editor:
    """A second editor, who works on the same queue."""
    return join(*OTHER_EDITOR)


@pytest.fixture
def chief(app_settings: Settings) -> Editor:
    """A chief editor."""
    return join(*CHIEF)


@pytest.fixture
def admin(app_settings: Settings) -> Editor:
    """An admin, who may read no submissions."""
    return join(*ADMIN)


@pytest.fixture
def outsider(app_settings: Settings) -> Editor:
    """A person who has an account, but no role."""
    return join(*OUTSIDER)


@pytest.fixture
def run_jobs(app_settings: Settings) -> RunJobs:
    """Return a function that runs all due jobs, and jobs that these start, in this process. It returns their kinds.

    No broker is needed, because the Celery task is called as a function. Database, keys and files are those of the test,
    because the fixture `app_settings` has cleared the caches of settings.
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
