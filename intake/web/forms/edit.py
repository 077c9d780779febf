"""Forms to edit a submission and to restore a revision."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext
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
from intake.text import clean_line, sandboxed, source
from intake.text.html import placements
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
from intake.web.language import gettext

# An edit may have this many times the bytes of a contributor's text, because its HTML includes markup.
EDIT_FACTOR = 2
UNTITLED = lazy_gettext("Please give the submission a title.")
MAX_PLACE = 10**6


NO_TEXT_LEFT = lazy_gettext("There is no text left. To turn the submission down, reject it.")


def edit_body(settings: Settings) -> int:
    """Return the limit of a request body with an edit, in bytes.

    URL encoding can turn one byte into three. A text of twice the limit is still read, so that the form can show
    the error.
    """
    return 1024 * 1024 + 2 * 3 * EDIT_FACTOR * settings.max_text_bytes


def text_problem(body: str) -> str:
    """Return an error message if the text has too many bytes in UTF-8, else ""."""
    limit = EDIT_FACTOR * config().max_text_bytes
    return (
        gettext("The text is larger than %(size)s.", size=size(limit)) if len(body.encode()) > limit else ""
    )


def sections(now: Content) -> list[str]:
    """Return the sections to choose from: the sections of the settings, and the submission's current section."""
    return [*config().desk_sections, *([now.details.section] if now.details else [])]


def languages(now: Content) -> dict[str, str]:
    """Return language code → name for all known languages and the present language of the submission."""
    own = now.details.language if now.details else ""
    return {**NAMES, own: NAMES.get(own, own)} if own else NAMES


class PhotoForm(Form):
    """Form fields of one photo. `place` is its position in the submission."""

    id = HiddenField()
    place = IntegerField(lazy_gettext("Place"), [Optional()], widget=NumberInput(min=1))
    caption = TextAreaField(lazy_gettext("Caption"), [longest(CAPTION_CHARACTERS)])
    credit = StringField(lazy_gettext("Credit"), [longest(LINE_CHARACTERS)])
    alt = TextAreaField(
        lazy_gettext("Description for those who cannot see it"), [longest(CAPTION_CHARACTERS)]
    )


class EditForm(FlaskForm):
    """Form to edit a submission. Has a field for each of FIELDS, the details of a revision.

    `version` and `base` are the submission's version and the revision's number that the page showed.
    `merged` is set after a merge: number of the revision with which the editor began, before other editors' changes.
    """

    version = version_field()
    base = IntegerField(widget=HiddenInput(), validators=[Optional()])
    merged = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = TextAreaField(
        lazy_gettext("Title"), [DataRequired(UNTITLED), seen(UNTITLED), longest(TITLE_CHARACTERS)]
    )
    body = TextAreaField(lazy_gettext("Text"))
    section = SelectField(lazy_gettext("Section"))
    language = SelectField(lazy_gettext("Language"), choices=NAMES)
    note = StringField(lazy_gettext("What you changed"), [longest(LINE_CHARACTERS)])
    photos = FieldList(FormField(PhotoForm))
    featured = StringField(lazy_gettext("Featured photo"), [longest(LINE_CHARACTERS)])

    def __init__(self, now: Content, **kwargs: Any) -> None:
        """Fill missing fields from the revision `now`.

        The section and language of `now` are always among the choices.
        """
        super().__init__(**{"data": _texts(now)} | kwargs)
        self.photo_ids = photo_ids(now)
        self.section.choices = {name: name for name in sections(now)}
        self.language.choices = languages(now)

    def validate_body(self, field: Field) -> None:
        """Check the size in bytes."""
        if problem := text_problem(field.data or ""):
            raise ValidationError(problem)

    @property
    def details(self) -> list[Field]:
        """Fields of the details, such as section and tags."""
        return [self[one.name] for one in FIELDS]

    @property
    def photos_in_order(self) -> list[PhotoForm]:
        """Photos sorted by place, then by position in the form. Photos without a place are last."""
        return sorted((entry.form for entry in self.photos), key=lambda one: one.place.data or MAX_PLACE)

    @property
    def photo_problems(self) -> list[str]:
        """Error messages of the photos' fields, with number and label."""
        return [
            gettext(
                "Photo %(number)s, %(field)s: %(problem)s",
                number=number,
                field=field.label.text.lower(),
                problem=" ".join(map(str, field.errors)),
            )
            for number, one in enumerate(self.photos_in_order, start=1)
            for field in one
            if field.errors
        ]


for _info in FIELDS:
    if _info.kind in FIELD_KINDS:
        _words = {
            "label": lazy_gettext(_info.label),
            "description": lazy_gettext(_info.note) if _info.note else "",
        }
        setattr(EditForm, _info.name, FIELD_KINDS[_info.kind](**_words))


def photo_ids(now: Content) -> frozenset[uuid.UUID]:
    """Return the ids of the photos that can be placed in the text."""
    return frozenset(photo.id for photo in now.details.photos) if now.details else frozenset()


def shown(now: Content, version: int) -> dict[str, Any]:
    """Return the data of a form that shows the revision `now` unchanged."""
    photos = now.details.photos if now.details else ()
    featured = [photo.id for photo in photos if photo.featured] or [photo.id for photo in photos]
    return _texts(now) | {
        "version": version,
        "base": now.number,
        "featured": str(featured[0]) if featured else "",
        "photos": [
            {**vars(photo), "id": str(photo.id), "place": place}
            for place, photo in enumerate(photos, start=1)
        ],
    }


def cleaned(form: EditForm) -> Edit:
    """Return the edit that the form contains, cleaned like a contributor's text."""
    values = {field.short_name: value_of(field) for field in form.details}
    details = RevisionFields(**values, photos=tuple(_photos(form)))
    return clean_edit(
        form.title.data or "", form.body.data or "", form.note.data or "", details, form.photo_ids
    )


def clean_edit(
    title: str, body: str, note: str, details: RevisionFields, photos: Collection[uuid.UUID]
) -> Edit:
    """Return an edit with cleaned texts. Only `photos`, the photos of the submission, can be placed in the text.

    The given details must be clean already, except the photos' captions.
    """
    text = sandboxed.clean(body, format="html", with_placements=True)
    words = tuple(
        PhotoWords(one.id, clean_line(one.caption), clean_line(one.credit), clean_line(one.alt), one.featured)
        for one in details.photos
    )
    html = placements.only(text.html, photos)
    return Edit(clean_line(title), html, text.words, clean_line(note), replace(details, photos=words))


def _texts(now: Content) -> dict[str, Any]:
    kept = now.details
    words = {"title": now.title, "body": source(now.html)}
    if kept is None:
        return words
    return words | {one.name: _typed(one, getattr(kept, one.name)) for one in FIELDS}


def _typed(info: FieldInfo, value: Any) -> str:
    return FIELD_KINDS[info.kind].typed(value) if info.kind in FIELD_KINDS else value


def _photos(form: EditForm) -> Iterator[PhotoWords]:
    """Yield the photos of a form in order. The first photo is featured by default, so it is never marked as chosen."""
    for place, one in enumerate(form.photos_in_order):
        with suppress(ValueError):  # not a valid id
            caption, credit, alt = (field.data or "" for field in (one.caption, one.credit, one.alt))
            is_chosen = place > 0 and form.featured.data == one.id.data
            yield PhotoWords(uuid.UUID(one.id.data or ""), caption, credit, alt, is_chosen)


def restored(note: str, number: int) -> str:
    """Return the note of a revision that restores revision `number`. An empty note gets a default."""
    return clean_line(note) or gettext("Back to revision %(number)s", number=number)


class RestoreForm(FlaskForm):
    """Form to restore a revision, with the version that the page showed and a reason."""

    version = version_field()
    note = StringField(lazy_gettext("Reason"), [longest(LINE_CHARACTERS)])

    def why(self, number: int) -> str:
        """Return the note of the new revision."""
        return restored(self.note.data or "", number)
