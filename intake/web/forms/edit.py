"""Everything of a piece that an editor may change."""

import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput, NumberInput

from intake.languages import NAMES
from intake.review.revise import Edit
from intake.review.revision_fields import PhotoWords, RevisionFields
from intake.review.revisions import Content
from intake.settings import Settings
from intake.text import clean_body, clean_line, source
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import (
    CAPTION_CHARACTERS,
    LINE_CHARACTERS,
    TITLE_CHARACTERS,
    longest,
    seen,
    version_field,
)

# An edit has room for mark-up beside the contributor's own limit.
EDIT_FACTOR = 2
UNTITLED = "A piece needs a title."
TAGS, TAG_CHARACTERS = 20, 50
MAX_PLACE = 10**6
_COMMAS = re.compile(r"[,،、，;\n]")


NO_TEXT_LEFT = "There is no text left. To turn the piece down, reject it."


def edit_body(settings: Settings) -> int:
    """Bytes that an edit may take on its way: three for each byte of text, and as much again for the page that refuses more."""
    return 1024 * 1024 + 2 * 3 * EDIT_FACTOR * settings.max_text_bytes


def text_problem(body: str) -> str:
    """Why a text is too large, in bytes as the contributor's own; empty where it is not."""
    limit = EDIT_FACTOR * config().max_text_bytes
    return f"The text is larger than {size(limit)}." if len(body.encode()) > limit else ""


def tags_problem(tags: list[str]) -> str:
    """Why these are too many tags or too long ones; empty where they are not."""
    fit = len(tags) <= TAGS and all(len(tag) <= TAG_CHARACTERS for tag in tags)
    return "" if fit else f"Up to {TAGS} tags, of {TAG_CHARACTERS} characters each."


def sections(now: Content) -> list[str]:
    """Sections that an edit may choose: those of the settings, and that of the submission."""
    return [*config().section_names, *([now.details.section] if now.details else [])]


def languages(now: Content) -> dict[str, str]:
    """Languages that an edit may choose, with their names, and that of the submission."""
    own = now.details.language if now.details else ""
    return {**NAMES, own: NAMES.get(own, own)} if own else NAMES


class PhotoForm(Form):
    """The words beside one photo, and its place among the others."""

    id = HiddenField()
    place = IntegerField("Place", [Optional()], widget=NumberInput(min=1))
    caption = TextAreaField("Caption", [longest(CAPTION_CHARACTERS)])
    credit = StringField("Credit", [longest(LINE_CHARACTERS)])
    alt = TextAreaField("Description for those who cannot see it", [longest(CAPTION_CHARACTERS)])


class EditForm(FlaskForm):
    """An edit, on the version and the revision that the editor saw."""

    version = version_field()
    base = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = TextAreaField("Title", [DataRequired(UNTITLED), seen(UNTITLED), longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    section = SelectField("Section")
    language = SelectField("Language", choices=NAMES)
    region = StringField("Region", [longest(LINE_CHARACTERS)])
    tags = StringField("Tags", [longest(2 * TAGS * TAG_CHARACTERS)])
    print_name = StringField("Name to print", [longest(LINE_CHARACTERS)])
    note = StringField("What you changed", [longest(LINE_CHARACTERS)])
    photos = FieldList(FormField(PhotoForm))

    def __init__(self, now: Content, **kwargs: Any) -> None:
        """What a request leaves out stays as it is `now`; a section or language that is no choice any more stays one here."""
        super().__init__(**{"data": _texts(now)} | kwargs)
        self.section.choices = {name: name for name in sections(now)}
        self.language.choices = languages(now)

    def validate_body(self, field: Field) -> None:
        """In bytes, as the contributor's own."""
        if problem := text_problem(field.data or ""):
            raise ValidationError(problem)

    def validate_tags(self, field: Field) -> None:
        """Few and short."""
        if problem := tags_problem(tags_of(field.data or "")):
            raise ValidationError(problem)

    @property
    def photos_in_order(self) -> list[PhotoForm]:
        """By their places; those of one place as they stand in the form, those without one last."""
        return sorted((entry.form for entry in self.photos), key=lambda one: one.place.data or MAX_PLACE)

    @property
    def photo_problems(self) -> list[str]:
        """What is wrong in the fields of photos, as sentences."""
        return [
            f"Photo {number}, {field.label.text.lower()}: {' '.join(field.errors)}"
            for number, one in enumerate(self.photos_in_order, start=1)
            for field in one
            if field.errors
        ]


def shown(now: Content, version: int) -> dict[str, Any]:
    """The data of a form that shows a piece as it is."""
    photos = now.details.photos if now.details else ()
    return _texts(now) | {
        "version": version,
        "base": now.number,
        "photos": [
            {**vars(photo), "id": str(photo.id), "place": place}
            for place, photo in enumerate(photos, start=1)
        ],
    }


def cleaned(form: EditForm) -> Edit:
    """What was typed, cleaned like a contributor's words."""
    details = RevisionFields(
        section=form.section.data or "",
        language=form.language.data or "",
        region=form.region.data or "",
        tags=tuple(tags_of(form.tags.data or "")),
        print_name=form.print_name.data or "",
        photos=tuple(_photos(form)),
    )
    return clean_edit(form.title.data or "", form.body.data or "", form.note.data or "", details)


def clean_edit(title: str, body: str, note: str, details: RevisionFields) -> Edit:
    """An edit of which every word is cleaned; its tags are clean already (`tags_of`)."""
    html = clean_body(body, format="html")
    photos = tuple(
        PhotoWords(one.id, clean_line(one.caption), clean_line(one.credit), clean_line(one.alt))
        for one in details.photos
    )
    region, print_name = clean_line(details.region), clean_line(details.print_name)
    details = replace(details, region=region, print_name=print_name, photos=photos)
    return Edit(clean_line(title), html.html, html.words, clean_line(note), details)


def tags_of(typed: str) -> list[str]:
    """The tags of a line, parted by commas of any script; each once, whatever its capitals."""
    kept: dict[str, str] = {}
    for tag in filter(None, map(clean_line, _COMMAS.split(typed))):
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())


def _texts(now: Content) -> dict[str, Any]:
    kept = now.details
    words = {"title": now.title, "body": source(now.html)}
    if kept is None:
        return words
    return words | {
        "section": kept.section,
        "language": kept.language,
        "region": kept.region,
        "tags": ", ".join(kept.tags),
        "print_name": kept.print_name,
    }


def _photos(form: EditForm) -> Iterator[PhotoWords]:
    for one in form.photos_in_order:
        with suppress(ValueError):  # no photo has such an id
            words = (field.data or "" for field in (one.caption, one.credit, one.alt))
            yield PhotoWords(uuid.UUID(one.id.data or ""), *words)


def restored(note: str, number: int) -> str:
    """Note of a revision that goes back to an older one."""
    return clean_line(note) or f"Back to revision {number}"


class RestoreForm(FlaskForm):
    """On the version that the editor saw, and why."""

    version = version_field()
    note = StringField("Reason", [longest(LINE_CHARACTERS)])

    def why(self, number: int) -> str:
        """The note of the new revision."""
        return restored(self.note.data or "", number)
