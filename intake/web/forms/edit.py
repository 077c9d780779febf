"""Forms to edit a submission and to restore a revision."""

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
from intake.review.revision_fields import FIELDS, FieldInfo, PhotoWords, RevisionFields
from intake.review.revisions import Content
from intake.settings import Settings
from intake.text import clean_body, clean_line, source
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.fields import (
    CAPTION_CHARACTERS,
    FIELD_KINDS,
    LINE_CHARACTERS,
    TITLE_CHARACTERS,
    longest,
    seen,
    value_of,
    version_field,
)

# Factor on the contributor's text limit, to leave room for markup.
EDIT_FACTOR = 2
UNTITLED = "Please give the submission a title."
MAX_PLACE = 10**6


NO_TEXT_LEFT = "There is no text left. To turn the submission down, reject it."


def edit_body(settings: Settings) -> int:
    """Return the limit of an edit's body in bytes. URL encoding takes three for a byte, and the error page needs room."""
    return 1024 * 1024 + 2 * 3 * EDIT_FACTOR * settings.max_text_bytes


def text_problem(body: str) -> str:
    """Return advice if a text is too large in bytes, else ""."""
    limit = EDIT_FACTOR * config().max_text_bytes
    return f"The text is larger than {size(limit)}." if len(body.encode()) > limit else ""


def sections(now: Content) -> list[str]:
    """Return the sections of the settings and of the submission."""
    return [*config().section_names, *([now.details.section] if now.details else [])]


def languages(now: Content) -> dict[str, str]:
    """Return language → name for all known languages and that of the submission."""
    own = now.details.language if now.details else ""
    return {**NAMES, own: NAMES.get(own, own)} if own else NAMES


class PhotoForm(Form):
    """Caption, credit, description and place of a photo."""

    id = HiddenField()
    place = IntegerField("Place", [Optional()], widget=NumberInput(min=1))
    caption = TextAreaField("Caption", [longest(CAPTION_CHARACTERS)])
    credit = StringField("Credit", [longest(LINE_CHARACTERS)])
    alt = TextAreaField("Description for those who cannot see it", [longest(CAPTION_CHARACTERS)])


class EditForm(FlaskForm):
    """Edit of the version and revision that the page showed. It has a field for each of FIELDS."""

    version = version_field()
    base = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = TextAreaField("Title", [DataRequired(UNTITLED), seen(UNTITLED), longest(TITLE_CHARACTERS)])
    body = TextAreaField("Text")
    section = SelectField("Section")
    language = SelectField("Language", choices=NAMES)
    note = StringField("What you changed", [longest(LINE_CHARACTERS)])
    photos = FieldList(FormField(PhotoForm))

    def __init__(self, now: Content, **kwargs: Any) -> None:
        """Fill missing fields from `now`. Its section and language are always choices."""
        super().__init__(**{"data": _texts(now)} | kwargs)
        self.section.choices = {name: name for name in sections(now)}
        self.language.choices = languages(now)

    def validate_body(self, field: Field) -> None:
        """Check the size in bytes."""
        if problem := text_problem(field.data or ""):
            raise ValidationError(problem)

    @property
    def details(self) -> list[Field]:
        """The fields beside the text."""
        return [self[one.name] for one in FIELDS]

    @property
    def photos_in_order(self) -> list[PhotoForm]:
        """Photos sorted by place, then by position in the form. Photos without a place are last."""
        return sorted((entry.form for entry in self.photos), key=lambda one: one.place.data or MAX_PLACE)

    @property
    def photo_problems(self) -> list[str]:
        """Errors in the fields of photos, as sentences."""
        return [
            f"Photo {number}, {field.label.text.lower()}: {' '.join(field.errors)}"
            for number, one in enumerate(self.photos_in_order, start=1)
            for field in one
            if field.errors
        ]


for _info in FIELDS:
    if _info.kind in FIELD_KINDS:
        setattr(EditForm, _info.name, FIELD_KINDS[_info.kind](_info.label, description=_info.note))


def shown(now: Content, version: int) -> dict[str, Any]:
    """Return the form data of an unchanged submission."""
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
    """Return the edit of a form, cleaned like a contributor's text."""
    values = {field.short_name: value_of(field) for field in form.details}
    details = RevisionFields(**values, photos=tuple(_photos(form)))
    return clean_edit(form.title.data or "", form.body.data or "", form.note.data or "", details)


def clean_edit(title: str, body: str, note: str, details: RevisionFields) -> Edit:
    """Return an edit with cleaned texts. Its details must be clean already, except those of photos."""
    html = clean_body(body, format="html")
    photos = tuple(
        PhotoWords(one.id, clean_line(one.caption), clean_line(one.credit), clean_line(one.alt))
        for one in details.photos
    )
    return Edit(clean_line(title), html.html, html.words, clean_line(note), replace(details, photos=photos))


def _texts(now: Content) -> dict[str, Any]:
    kept = now.details
    words = {"title": now.title, "body": source(now.html)}
    if kept is None:
        return words
    return words | {one.name: _typed(one, getattr(kept, one.name)) for one in FIELDS}


def _typed(info: FieldInfo, value: Any) -> str:
    return FIELD_KINDS[info.kind].typed(value) if info.kind in FIELD_KINDS else value


def _photos(form: EditForm) -> Iterator[PhotoWords]:
    for one in form.photos_in_order:
        with suppress(ValueError):  # not a valid id
            words = (field.data or "" for field in (one.caption, one.credit, one.alt))
            yield PhotoWords(uuid.UUID(one.id.data or ""), *words)


def restored(note: str, number: int) -> str:
    """Return the note of a revision that restores an older one."""
    return clean_line(note) or f"Back to revision {number}"


class RestoreForm(FlaskForm):
    """Request to restore a revision, with version and reason."""

    version = version_field()
    note = StringField("Reason", [longest(LINE_CHARACTERS)])

    def why(self, number: int) -> str:
        """Return the note of the new revision."""
        return restored(self.note.data or "", number)
