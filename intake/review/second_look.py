"""Reasons why a submission needs a second look: flagged words, refused photos, a text that could not be cleaned."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from intake.documents.document import NOTES
from intake.models import Revision, Submission
from intake.photos.refusal import why
from intake.plurals import ENGLISH, READER, Translator, desk_noop
from intake.text import flag_display, flagged, render, report
from intake.text.flag_display import FlagMark
from intake.text.flagged import FlaggedPassage

MAX_PLACES = 50
"""Maximum number of places that are listed of one kind of flag."""
WHERE = {
    "title": desk_noop("in the title"),
    "print_name": desk_noop("in the name to print"),
    "text": desk_noop("in the text"),
    "caption": desk_noop("in the caption of photo %(number)s"),
    "credit": desk_noop("in the credit of photo %(number)s"),
}
FIELDS = tuple(WHERE)


@dataclass(frozen=True)
class FlagPlace:
    """Flagged words in a field of a submission. `number` counts the flags in the order of the page.

    `photo` is the position of the photo with this caption or credit. `start` and `end` count characters of the field,
    or of the `textContent` of the text.
    """

    number: int
    kind: str
    field: str
    photo: int | None
    word: str
    start: int
    end: int

    @property
    def where(self) -> str:
        """Name of the field, worded for use in a sentence, such as `in the title`."""
        return READER.gettext(WHERE[self.field]) % {"number": self.photo}

    @property
    def shown(self) -> str:
        """Flagged words, with invisible and unusual characters replaced by their names."""
        return flag_display.spelled(self.kind, self.word)

    @property
    def letters(self) -> str:
        """Letters of another alphabet than most of the word, such as `Cyrillic а`. May be empty."""
        return flag_display.foreign_letters(self.kind, self.word)


@dataclass(frozen=True)
class FlagGroup:
    """All flags of one kind. `count` is the number of places, of which at most MAX_PLACES are listed."""

    kind: str
    sentence: str
    advice: str
    count: int
    places: list[FlagPlace]


@dataclass(frozen=True)
class RefusedPhoto:
    """Refused photo, and the sentence that says why."""

    position: int
    sentence: str


@dataclass(frozen=True)
class SecondLook:
    """Reasons for a second look at the newest words and the photos of a submission.

    `fallback` says that the text could not be cleaned as HTML. `documents` has sentences about a document that was refused
    or may be misread. Each may be empty.
    `marked` holds the flagged fields as HTML with marks. Keys are `text`, `title`, `caption-2` (of photo 2) and so on.
    """

    fallback: str = ""
    documents: list[str] = field(default_factory=list)
    flags: list[FlagGroup] = field(default_factory=list)
    refused: list[RefusedPhoto] = field(default_factory=list)
    marked: dict[str, Markup] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there is a reason."""
        return bool(self.fallback or self.documents or self.flags or self.refused)

    @property
    def places(self) -> list[FlagPlace]:
        """All listed flags, in the order of the page."""
        return sorted((one for group in self.flags for one in group.places), key=lambda one: one.number)

    @property
    def sentences(self) -> list[str]:
        """Sentences about the newest words."""
        return (
            [self.fallback] * bool(self.fallback) + self.documents + [group.sentence for group in self.flags]
        )


@dataclass(frozen=True)
class _Field:
    name: str
    photo: int | None
    content: str
    passages: list[FlaggedPassage]

    @property
    def key(self) -> str:
        return f"{self.name}-{self.photo}" if self.photo else self.name


def second_look(
    submission: Submission, revisions: Sequence[Revision], translator: Translator = ENGLISH
) -> SecondLook:
    """Find the reasons for which an editor should look at a submission again.

    `revisions` are all revisions but revision 0, newest first. Sentences are in the language of `translator`.
    """
    newest = revisions[0]
    fields = [one for one in _fields(submission, newest) if one.passages]
    groups = _groups(fields, translator)
    look = SecondLook(
        fallback=_fallback(revisions, translator),
        documents=_documents(revisions, translator),
        flags=groups,
        refused=[
            RefusedPhoto(photo.position, why(photo.reason, translator))
            for photo in submission.photos
            if photo.status == "refused"
        ],
    )
    sentences = {group.kind: group.sentence for group in groups}
    look.marked.update({one.key: _marked(one, look.places, sentences) for one in fields})
    return look


def _fields(submission: Submission, newest: Revision) -> Iterator[_Field]:
    yield _line("title", None, newest.title)
    yield _line("print_name", None, submission.print_name)
    html = render(newest.html or "")
    yield _Field("text", None, html, flagged.find(html))
    for photo in submission.photos:
        yield _line("caption", photo.position, photo.caption)
        yield _line("credit", photo.position, photo.credit)


def _line(name: str, photo: int | None, line: str | None) -> _Field:
    return _Field(name, photo, line or "", flagged.find_in_line(line or ""))


def _groups(fields: Iterable[_Field], translator: Translator) -> list[FlagGroup]:
    counts: dict[str, int] = {}
    listed: dict[str, list[FlagPlace]] = {}
    number = 0
    for one in fields:
        for passage in one.passages:
            kind = passage.kind
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= MAX_PLACES:
                number += 1
                place = FlagPlace(number, kind, one.name, one.photo, passage.word, passage.start, passage.end)
                listed.setdefault(kind, []).append(place)
    return [
        FlagGroup(kind, *report.flag_words(kind, translator), counts[kind], listed[kind])
        for kind in report.FLAGS
        if kind in counts
    ]


def _fallback(revisions: Sequence[Revision], translator: Translator) -> str:
    """Sentence if the newest text could not be cleaned. The report may be in an earlier revision with the same text."""
    same = (one.report for one in revisions if one.html and one.html == revisions[0].html)
    return next(filter(None, (report.fallback(one, translator) for one in same)), "")


def _documents(revisions: Sequence[Revision], translator: Translator) -> list[str]:
    """Sentences about a document that was refused, or that may be misread."""
    found = next((one.report for one in revisions if one.number == 1), {})
    notes = found.get("document", [])
    doubts = [translator.gettext(words) for key, words in NOTES.items() if key in notes]
    refused = report.document_refused(found, translator)
    return [refused, *doubts] if refused else doubts


def _marked(one: _Field, places: Iterable[FlagPlace], sentences: dict[str, str]) -> Markup:
    here = [place for place in places if (place.field, place.photo) == (one.name, one.photo)]
    following = {place.number: then.number for place, then in pairwise(here)}
    marks = [
        FlagMark(place.number, place.start, place.end, sentences[place.kind], following.get(place.number))
        for place in here
    ]
    put = flag_display.mark_html if one.name == "text" else flag_display.mark_line
    return Markup(put(one.content, marks))  # noqa: S704 - cleaned and verified, or escaped
