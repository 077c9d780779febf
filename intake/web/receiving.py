"""What the form and the API have in common: a request with photos becomes a submission, once."""

from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage, MultiDict

from intake import consent
from intake.actions.errors import AlreadySubmitted
from intake.actions.submit import Draft, PhotoDraft, already_submitted, submit
from intake.db import transaction
from intake.settings import Settings
from intake.web.forms import SubmissionForm
from intake.web.uploads import Upload

PHOTO = "photo-"


@dataclass(frozen=True)
class Words:
    """The validated fields of a form or an API call."""

    title: str
    body: str
    format: str
    language: str
    section: str
    print_name: str
    contact: str


def words(sent: SubmissionForm) -> Words:
    """The fields of a form that was found valid."""
    return Words(
        title=sent.title.data or "",
        body=sent.body.data or "",
        format=sent.format.data or "plain",
        language=sent.language.data,
        section=sent.section.data,
        print_name=sent.print_name.data or "",
        contact=sent.contact.data or "",
    )


@dataclass(frozen=True)
class Overrun:
    """A cap that a request went over: the problem as a sentence, which names the limit."""

    sentence: str


def photo_parts(
    form: MultiDict[str, str], sent: MultiDict[str, FileStorage]
) -> Iterator[tuple[FileStorage, str, str]]:
    """Each file that was chosen, in the order of the rows, with its caption and credit."""
    for name in sorted((n for n in sent if n.startswith(PHOTO)), key=_row):
        row = name.removeprefix(PHOTO)
        for file in sent.getlist(name):
            yield file, form.get(f"caption-{row}", ""), form.get(f"credit-{row}", "")


def _row(name: str) -> tuple[int, str]:
    row = name.removeprefix(PHOTO)
    return (int(row) if row.isdecimal() else 0, row)


def overrun(upload: Upload, settings: Settings) -> Overrun | None:
    """Which cap the files of a request go over, if any."""
    mb = 1024 * 1024
    if upload.too_much or upload.size > settings.max_request_bytes:
        return Overrun(
            f"Together the photos are larger than {settings.max_request_bytes // mb} MB. Please send fewer, or smaller ones."
        )
    if len(upload.streams) > settings.max_photos:
        return Overrun(
            f"Up to {settings.max_photos} photos can be sent at once; these were {len(upload.streams)}."
        )
    large = [str(i) for i, s in enumerate(upload.streams, start=1) if s.reason == "too_large"]
    if large:
        limit = settings.max_photo_bytes // mb
        return Overrun(f"Photo {', '.join(large)} is larger than {limit} MB. Please send a smaller copy.")
    return None


def take_in(upload: Upload, receipt: str, words: Words, photos: list[PhotoDraft]) -> bool:
    """Make the submission; False, and nothing new is kept, if this receipt has one already."""
    draft = Draft(
        id=upload.id,
        key=upload.key,
        receipt=receipt,
        consent_version=consent.VERSION,
        photos=photos,
        **vars(words),
    )
    try:
        with transaction() as session:
            submit(session, draft)
    except AlreadySubmitted:
        upload.discard()
        return False
    return True


def known(receipt: str) -> bool:
    """Whether this receipt has a submission."""
    with transaction() as session:
        return already_submitted(session, receipt)


def refused_at_the_door(photos: list[PhotoDraft]) -> list[tuple[int, str]]:
    """Position (from 1) and reason of each photo that was not even stored."""
    return [(position, photo.reason) for position, photo in enumerate(photos, start=1) if photo.reason]
