"""Schemas to check the answers of sandboxed children that read documents, and the names of their tasks."""

from typing import Annotated

from pydantic import Field

from intake.documents.document import NOTES
from intake.documents.identify import Kind
from intake.documents.limits import MAX_PICTURES
from intake.sandbox.answers import Amount, ChildAnswer, one_of
from intake.sandbox.limits import MB
from intake.sandbox.task import ChildTask, Room
from intake.text.report import KINDS


class ReadAnswer(ChildAnswer):
    """Document as HTML: how often each kind of thing was removed, and notes. The blobs are the HTML and the pictures."""

    removed: Annotated[dict[Annotated[str, one_of(KINDS)], Amount], Field(max_length=len(KINDS))]
    notes: Annotated[list[Annotated[str, one_of(NOTES)]], Field(max_length=len(NOTES))]


class KindAnswer(ChildAnswer):
    """Type of a document."""

    kind: Kind


READ = ChildTask(
    "intake.documents.child",
    "read",
    ReadAnswer,
    Room(header_bytes=MB, least_blobs=1, most_blobs=1 + MAX_PICTURES),
)
KIND = ChildTask("intake.documents.child", "kind", KindAnswer, Room(header_bytes=1024))
