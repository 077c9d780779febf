"""Helpers that create drafts of submissions for tests."""

from intake import receipts
from intake.crypto import new_key
from intake.db import transaction
from intake.storage import files
from intake.submissions import draft, draft_photos
from intake.submissions.draft import DraftWords
from intake.submissions.submit import PhotoDraft, SubmissionText

WORDS = DraftWords(
    title="Over the river", body="The ice broke at noon.", section="News", contact="signal: 700"
)
TEXT = SubmissionText(
    "Over the river", "The ice broke at noon.", "plain", "en", "News", "A. N.", "signal: 700"
)


def begun(words: DraftWords = WORDS) -> str:
    """Begin a draft and save its words. Returns its receipt."""
    receipt = receipts.derive(receipts.new_token())
    with transaction() as session:
        draft.begin(session, receipt, new_key())
    with transaction() as session:
        draft.save(session, receipt, words, {}, 1)
    return receipt


def with_photo(receipt: str, token: str, data: bytes = b"picture") -> str:
    """Store a photo in quarantine and add it. Returns its id."""
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        photo = draft_photos.photo_id(submission.key, token)
        files().put(f"quarantine/{submission.id}/{photo}", data, submission.key)
        draft_photos.add(session, submission, PhotoDraft(photo))
    return str(photo)
