"""Merge the edits of two editors into the form of the one who saves second."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from intake.review.revise import Edit
from intake.review.revision_fields import PhotoWords
from intake.review.revisions import Content
from intake.text import merge as texts
from intake.text import source
from intake.text.compare import ComparisonRow, compare_texts
from intake.text.merge import PICKS, Conflict, Pick
from intake.text.merge.blocks import unnamed
from intake.web.forms.edit import EditForm, shown
from intake.web.language import gettext

WORDS = ("caption", "credit", "alt")
PICK = "pick-"
"""Prefix of a form field with the version chosen for a conflict. The key of the conflict follows."""


@dataclass(frozen=True)
class Merged:
    """Result of a merge.

    `taken` has the labels of fields that only the colleague changed. `clashes` is label → the colleague's value, for
    fields that both changed. These keep the editor's value in the form. `conflicts` are the paragraphs that both changed
    and for which no version is chosen yet. `is_woven` is true if the text combines changes of both.
    """

    taken: list[str]
    clashes: dict[str, str]
    conflicts: list[Conflict]
    is_woven: bool = False


def merge(form: EditForm, base: Content, now: Content, made: Edit, picks: Mapping[str, Pick]) -> Merged:
    """Copy the changes of the current revision `now` into the form, except in fields that the editor changed too.

    `base` is the revision that the editor began with. `made` is the cleaned content of the form. `picks` are the
    chosen versions for conflicts. If a choice is missing, the form's text stays unchanged.
    """
    before, theirs = shown(base, 0), shown(now, 0)
    taken, clashes = [], {}
    for field in (form.title, *form.details):
        name = field.short_name
        if name not in before or name not in theirs:
            continue
        if _same(before[name], theirs[name]) or _same(field.data, theirs[name]):
            continue
        if _same(field.data, before[name]):
            field.data = theirs[name]
            taken.append(str(field.label.text))
        else:
            label = str(field.label.text)
            clashes[label] = _in_words(now, label, theirs[name])
    photos, photo_clashes = _photos(form, base, now, made)
    if form.featured.data == before["featured"] != theirs["featured"]:
        form.featured.data = theirs["featured"]
        taken.append(str(form.featured.label.text))
    found = texts.merge(base.html, made.html, now.html)
    is_theirs = made.html == base.html != now.html
    if is_theirs:
        taken.append(str(form.body.label.text))
    conflicts = [one for one in found.conflicts if one.key not in picks]
    if base.html != now.html and not conflicts:
        form.body.data = source(found.text(picks))
    is_woven = not is_theirs and not conflicts and now.html not in {base.html, made.html}
    return Merged(taken + photos, clashes | photo_clashes, conflicts, is_woven)


def _in_words(now: Content, label: str, value: str) -> str:
    """Return a field's value as shown to people, such as the name of a language instead of its code."""
    return (now.details.in_words() if now.details else {}).get(label, value)


def picks(fields: Mapping[str, str]) -> dict[str, Pick]:
    """Return key of a conflict → chosen version, from the fields of a form."""
    return {
        name.removeprefix(PICK): value
        for name, value in fields.items()
        if name.startswith(PICK) and value in PICKS
    }


@dataclass(frozen=True)
class Sides:
    """A conflict on the merge page: both versions, compared with the base. None stands for a removed paragraph."""

    name: str
    is_note: bool
    mine: list[ComparisonRow] | None
    theirs: list[ComparisonRow] | None


def side_by_side(conflict: Conflict) -> Sides:
    """Compare both versions of a conflict with their common base."""
    mine, theirs = (_rows(conflict.base, html) if html else None for html in (conflict.mine, conflict.theirs))
    return Sides(PICK + conflict.key, conflict.is_note, mine, theirs)


def _rows(before: str, after: str) -> list[ComparisonRow]:
    one, other = unnamed(before), unnamed(after)
    # Without a difference in text, only an attribute changed. The version is then shown as one addition.
    found = compare_texts(one, other) or compare_texts("", other)
    return [replace(row, html=Markup(row.html)) for row in found]  # noqa: S704 - verified where it was made


def _same(one: str | None, other: str) -> bool:
    return " ".join((one or "").split()) == " ".join(other.split())


def _photos(form: EditForm, base: Content, now: Content, made: Edit) -> tuple[list[str], dict[str, str]]:
    """Copy the colleague's captions and order of photos, except where the editor changed them.

    Returns the labels of the copied fields, and label → the colleague's text for fields that both changed.
    """
    before, theirs = _words(base), _words(now)
    taken, clashes = [], {}
    for place, one in enumerate(form.photos_in_order, start=1):
        old, new = before.get(one.id.data or ""), theirs.get(one.id.data or "")
        for name in WORDS if old and new else ():
            label = gettext("Photo %(number)s, %(field)s", number=place, field=one[name].label.text.lower())
            word = getattr(new, name)
            if getattr(old, name) == word or _same(one[name].data, word):
                continue
            if _same(one[name].data, getattr(old, name)):
                one[name].data = word
                taken.append(label)
            else:
                clashes[label] = word
    yours = [str(photo.id) for photo in made.details.photos] if made.details else []
    if yours == list(before) and list(before) != list(theirs):
        places = {photo: place for place, photo in enumerate(theirs, start=1)}
        for one in form.photos_in_order:
            one.place.data = places.get(one.id.data or "")
        taken.append(gettext("Order of the photos"))
    return taken, clashes


def _words(content: Content) -> dict[str, PhotoWords]:
    return {str(photo.id): photo for photo in content.details.photos} if content.details else {}
