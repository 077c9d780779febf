"""Sending of demo submissions, in the same way as a contributor's.

Photos are stored in the storage area `quarantine`. Text and jobs are inserted in one transaction.
"""

import uuid

from intake import consent, receipts
from intake.crypto import new_key
from intake.db import transaction
from intake.demo.hold import hold
from intake.demo.pictures import draw
from intake.demo.submissions import DemoSubmission, Shot
from intake.settings import settings
from intake.storage import files
from intake.submissions.submit import NewSubmission, PhotoDraft, submit


def receipt(plan: DemoSubmission, round_number: int) -> str:
    """Canonical receipt of a demo submission in a round.

    The receipt is the same in every run, so that no run sends the submission twice.
    """
    return receipts.derive(f"demo {round_number} {plan.slug}")


def send(plan: DemoSubmission, round_number: int) -> None:
    """Send a demo submission. Raises AlreadySubmitted if this round has it already.

    A submission with the fate `received` keeps the status `received`, because its jobs are deleted.
    """
    draft_id, key = uuid.uuid4(), new_key()
    try:
        photos = [_store(shot, draft_id, key, f"{plan.slug} {i}") for i, shot in enumerate(plan.photos)]
        with transaction() as session:
            submission = submit(session, _draft(plan, round_number, draft_id, key, photos))
            if plan.fate == "received":
                hold(session, submission)
    except BaseException:
        files().delete_all("quarantine", str(draft_id))
        raise


def _store(shot: Shot, draft_id: uuid.UUID, key: bytes, seed: str) -> PhotoDraft:
    photo_id = uuid.uuid4()
    files().put(f"quarantine/{draft_id}/{photo_id}", draw(shot.scene, seed, shot.place), key)
    return PhotoDraft(photo_id, shot.caption, shot.credit)


def _draft(
    plan: DemoSubmission, round_number: int, draft_id: uuid.UUID, key: bytes, photos: list[PhotoDraft]
) -> NewSubmission:
    sections = settings().section_names
    return NewSubmission(
        id=draft_id,
        key=key,
        receipt=receipt(plan, round_number),
        title=plan.title,
        body=plan.body,
        format=plan.format,
        language=plan.language,
        section=plan.section if plan.section in sections else sections[0],
        consent=consent.default(settings().magazine),
        print_name=plan.print_name,
        contact=plan.contact,
        photos=photos,
    )
