"""Response with the status of a submission, for a program that has its receipt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from intake.submissions.receipt_page import OfferedText, ReadText, ReceiptPage, SentPhoto
from intake.submissions.receipt_steps import Step
from intake.web.api.fields import Html, OneOf
from intake.web.api.serialize import shared
from intake.wording import contributor_statuses


@dataclass(frozen=True)
class MessageAnswer:
    """Message between the contributor and the editors."""

    body: str
    at: datetime
    from_: Annotated[str, OneOf(("you", "desk")), Field(alias="from")]


@dataclass(frozen=True)
class PhotoStatus(SentPhoto):
    """Photo with the status that its contributor may see."""

    status: Annotated[str, OneOf(("received", "clean", "refused"))]


@dataclass(frozen=True, repr=False)
class ReadTextAnswer(ReadText):
    """Text of a document, as cleaned HTML."""

    html: Html


@dataclass(frozen=True)
class Status:
    """Status of a submission."""

    status: Annotated[str, OneOf(contributor_statuses())]
    received_at: datetime
    may_answer: bool
    may_write: bool
    may_withdraw: bool
    is_closed: Annotated[
        bool,
        Field(
            description="This server has no key for the words and messages, so they are left out. The editors have it."
        ),
    ]
    usual_days: Annotated[
        int | None,
        Field(description="Half of such submissions were decided within so many days. Null if not known."),
    ]
    steps: list[Step]
    deletes_on: Annotated[
        date | None,
        Field(
            description="All of it is deleted on this day in UTC at the latest. Null where no day is certain."
        ),
    ]
    contact_deleted_on: Annotated[
        date | None,
        Field(description="Day in UTC on which contact details and your messages are deleted at the latest."),
    ]
    held_until: Annotated[
        date | None, Field(description="Last day in UTC of a legal hold. A withdrawal deletes after it.")
    ]
    about_text: Annotated[
        list[str], Field(description="What cleaning removed, or why a document was refused.")
    ]
    read_text: Annotated[
        ReadTextAnswer | None,
        Field(description="Text of a document as it was read. Null without `with_text`."),
    ]
    messages: list[MessageAnswer]
    photos: list[PhotoStatus]


@dataclass(frozen=True)
class StatusWithText(Status):
    """Status of a submission, with its current text so that the contributor can change it."""

    text: OfferedText


def answer(found: ReceiptPage, text: OfferedText | None, *, with_text: bool) -> Status:
    """Return the status as a response. `with_text` includes the document's text. `text` is the text to edit."""
    told = {
        "read_text": found.read_text if with_text else None,
        "messages": [
            MessageAnswer(one.body, one.at, "you" if one.mine else "desk") for one in found.messages
        ],
        "photos": [PhotoStatus(**vars(photo)) for photo in found.photos],
    }
    fields = shared(Status, found) | told
    return StatusWithText(**fields, text=text) if text else Status(**fields)
