"""Schemas of the answers of children that clean texts, and the tasks of these children."""

from typing import Annotated

from pydantic import Field, StringConstraints

from intake.sandbox.answers import Amount, ChildAnswer, one_of
from intake.sandbox.task import ChildTask, Room
from intake.text.language import Told
from intake.text.report import FLAGS, KINDS

_Tag = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}(-[A-Za-z]{2,4}){0,2}$", max_length=12)]


class LanguageAnswer(ChildAnswer):
    """Tag of a language (BCP 47), or None if it is uncertain."""

    language: _Tag | None
    language_sure: bool

    def told(self) -> Told | None:
        """Language that the child detected, or None if it is uncertain."""
        return None if self.language is None else Told(self.language, self.language_sure)


class CleanedTextAnswer(LanguageAnswer):
    """Fields of `CleanText`. The blobs are HTML and text."""

    words: Amount
    characters: Amount
    minutes: Amount
    removed: Annotated[dict[Annotated[str, one_of(KINDS)], Amount], Field(max_length=len(KINDS))]
    flags: Annotated[list[Annotated[str, one_of(FLAGS)]], Field(max_length=len(FLAGS))]
    fallback: bool


CLEAN = ChildTask(
    "intake.text.child", "clean", CleanedTextAnswer, Room(header_bytes=8192, least_blobs=2, most_blobs=2)
)
LANGUAGE = ChildTask("intake.text.child", "tell_language", LanguageAnswer, Room(header_bytes=1024))
