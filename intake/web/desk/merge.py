"""Merge the edits of two editors.

Fields that only the colleague changed are copied into the editor's form.
"""

from wtforms import Field

from intake.review.revise import Edit
from intake.review.revision_fields import PhotoWords
from intake.review.revisions import Content
from intake.web.forms.edit import EditForm, shown

WORDS = ("caption", "credit", "alt")


def merge(form: EditForm, base: Content, now: Content, made: Edit) -> list[str]:
    """Fill the form fields that the editor left unchanged from the current revision `now`.

    Returns the labels of the filled fields. `base` is the revision that the editor began with.
    `made` is the cleaned content of the form.
    """
    before, theirs = shown(base, 0), shown(now, 0)
    taken = []
    for field in (form.title, *form.details):
        name = field.short_name
        if name not in before or name not in theirs:
            continue
        if _same(field.data, before[name]) and not _same(before[name], theirs[name]):
            field.data = theirs[name]
            taken.append(field.label.text)
    if made.html == base.html and now.html != base.html:
        form.body.data = theirs["body"]
        taken.append(form.body.label.text)
    return taken + _photos(form, base, now, made)


def _same(one: str | None, other: str) -> bool:
    return " ".join((one or "").split()) == " ".join(other.split())


def _photos(form: EditForm, base: Content, now: Content, made: Edit) -> list[str]:
    """Copy the colleague's captions and order of photos, except where the editor changed them.

    Returns the labels.
    """
    before, theirs = _words(base), _words(now)
    taken = [
        f"{one[name].label.text} of photo {place}"
        for place, one in enumerate(form.photos_in_order, start=1)
        for name in WORDS
        if _take(one[name], before.get(one.id.data or ""), theirs.get(one.id.data or ""))
    ]
    yours = [str(photo.id) for photo in made.details.photos] if made.details else []
    if yours == list(before) and list(before) != list(theirs):
        places = {photo: place for place, photo in enumerate(theirs, start=1)}
        for one in form.photos_in_order:
            one.place.data = places.get(one.id.data or "")
        taken.append("Order of the photos")
    return taken


def _words(content: Content) -> dict[str, PhotoWords]:
    return {str(photo.id): photo for photo in content.details.photos} if content.details else {}


def _take(field: Field, before: PhotoWords | None, theirs: PhotoWords | None) -> bool:
    if before is None or theirs is None:
        return False
    old, new = getattr(before, field.short_name), getattr(theirs, field.short_name)
    if old == new or not _same(field.data, old):
        return False
    field.data = new
    return True
