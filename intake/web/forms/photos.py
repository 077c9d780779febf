"""Forms of redaction and crop. Coordinates are percent of the photo's width and height."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FloatField, Form, FormField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from intake.photos.faces import PossibleFace
from intake.photos.retouch import Area, Mark
from intake.photos.retouch.marks import ASPECTS, fitted
from intake.web.forms.fields import YesField
from intake.web.language import gettext

ROWS = 3
MOST_MARKS = 60
TOO_MANY_MARKS = lazy_gettext(
    "At most %(count)s marks at a time, please. Nothing has been destroyed yet. Add the others later.",
    count=MOST_MARKS,
)
NO_MARK = lazy_gettext("Nothing is marked yet. Draw a mark on the picture, or give its numbers in the list.")
HALF_A_MARK = lazy_gettext("Give all four numbers of this mark, or none.")
OUTSIDE = lazy_gettext("Please enter a number from 0 to 100.")
TOO_SMALL = lazy_gettext("Please enter a number above 0, up to 100.")
HALF_A_FOCUS = lazy_gettext("Give both numbers of the focal point, or neither.")
LOST_FOCUS = lazy_gettext("The focal point is outside the crop. Move it, or leave it empty.")
ALL = 0.9995
"""If width and height of a crop exceed this share of the photo, the crop counts as the whole photo."""

SHAPES = {"box": lazy_gettext("Box"), "ellipse": lazy_gettext("Ellipse")}
HOWS = {"solid": lazy_gettext("Solid black"), "mosaic": lazy_gettext("Strong mosaic")}


def part(percent: float | None) -> float:
    """Convert percent to a share from 0 to 1."""
    return round((percent or 0) / 100, 6)


def within(x: float, y: float, width: float, height: float) -> dict[str, float]:
    """Return the coordinates of an area as keyword arguments of Area, clipped to the photo.

    All are shares from 0 to 1.
    """
    x, y = round(x, 6), round(y, 6)
    return {"x": x, "y": y, "width": round(min(width, 1 - x), 6), "height": round(min(height, 1 - y), 6)}


def cropped(area: Area, aspect: str, whole: tuple[int, int]) -> Area | None:
    """Return the crop with the aspect ratio `aspect`. None if it covers the whole photo.

    `whole` is the size of the photo in pixels (width, height).
    """
    found = fitted(area, aspect, whole)
    return None if min(found.width, found.height) > ALL else found


def area_of(form: Form) -> dict[str, float]:
    """Convert the coordinates of a form from percent to keyword arguments of Area."""
    return within(*(part(form[name].data) for name in ("x", "y", "width", "height")))


def percent_field(label: LazyString, *checks: Any, least: float = 0, most: float = 100) -> FloatField:
    """Return a field for a number in percent."""
    return FloatField(label, [*checks, NumberRange(least, most, TOO_SMALL if least else OUTSIDE)])


class MarkForm(Form):
    """Form fields of one area to redact. A row without numbers is ignored."""

    x = percent_field(lazy_gettext("From the left"), Optional(), most=99.9)
    y = percent_field(lazy_gettext("From the top"), Optional(), most=99.9)
    width = percent_field(lazy_gettext("Width"), Optional(), least=0.05)
    height = percent_field(lazy_gettext("Height"), Optional(), least=0.05)
    shape = SelectField(
        lazy_gettext("Shape"),
        choices=lambda: {name: str(words) for name, words in SHAPES.items()},
        default="box",
    )
    how = SelectField(
        lazy_gettext("How"),
        choices=lambda: {name: str(words) for name, words in HOWS.items()},
        default="solid",
    )

    @property
    def numbers(self) -> list[Any]:
        """Fields for the coordinates: x, y, width and height."""
        return [self.x, self.y, self.width, self.height]

    @property
    def blank(self) -> bool:
        """Return whether all coordinates are empty."""
        return not any((field.raw_data or [""])[0].strip() for field in self.numbers)

    def validate_how(self, _field: Field) -> None:
        """Check that all four coordinates are given. The error is shown at `how`, the row's last field."""
        if not self.blank and any(field.data is None and not field.errors for field in self.numbers):
            raise ValidationError(HALF_A_MARK)


class RedactionForm(FlaskForm):
    """Form to redact a photo. Each mark is an area whose pixels are destroyed."""

    # One entry more than allowed, so that the form notices an excess. WTForms drops further entries silently.
    marks = FieldList(
        FormField(MarkForm), lazy_gettext("Marks"), min_entries=ROWS, max_entries=MOST_MARKS + 1
    )

    def validate_marks(self, field: Any) -> None:
        """Refuse a form without marks or with too many.

        Marks are never dropped, because the editor would think that all marked areas are destroyed.
        """
        if len(field) > MOST_MARKS:
            raise ValidationError(TOO_MANY_MARKS)
        if all(entry.form.blank for entry in field):
            raise ValidationError(NO_MARK)

    def unmarked(self, faces: Sequence[PossibleFace]) -> list[tuple[int, PossibleFace]]:
        """Return the suggested faces, with their numbers from 1, that no mark covers exactly."""
        marked = {tuple(field.data for field in entry.form.numbers) for entry in self.marks}
        return [pair for pair in enumerate(faces, start=1) if tuple(pair[1].percent.values()) not in marked]

    def mark(self, faces: Sequence[PossibleFace]) -> None:
        """Add a mark for each face, up to MOST_MARKS marks."""
        for face in faces[: max(0, MOST_MARKS - len(self.marks))]:
            self.marks.append_entry(face.percent)

    def problems(self) -> list[str]:
        """Return all error messages, with the number of the mark."""
        found = [error for error in self.marks.errors if not isinstance(error, (dict, list))]
        for number, entry in enumerate(self.marks, start=1):
            sentences = dict.fromkeys(error for errors in entry.form.errors.values() for error in errors)
            found += [
                gettext("Mark %(number)s: %(problem)s", number=number, problem=sentence)
                for sentence in sentences
            ]
        return found

    def drawn(self) -> list[Mark]:
        """Return the marks that have coordinates, in the order of the form."""
        kept = [entry.form for entry in self.marks if not entry.form.blank]
        return [Mark(**area_of(form), shape=form.shape.data, how=form.how.data) for form in kept]


class CropForm(FlaskForm):
    """Form to choose the crop and the focal point of a photo."""

    x = percent_field(lazy_gettext("From the left"), InputRequired(OUTSIDE), most=99.9)
    y = percent_field(lazy_gettext("From the top"), InputRequired(OUTSIDE), most=99.9)
    width = percent_field(lazy_gettext("Width"), InputRequired(TOO_SMALL), least=1)
    height = percent_field(lazy_gettext("Height"), InputRequired(TOO_SMALL), least=1)
    aspect = SelectField(
        lazy_gettext("Shape"),
        choices=lambda: {name: gettext("Free") if name == "free" else name for name in ASPECTS},
        default="free",
    )
    focus_x = percent_field(lazy_gettext("Focal point, from the left"), Optional())
    focus_y = percent_field(lazy_gettext("Focal point, from the top"), Optional())

    def area(self, whole: tuple[int, int]) -> Area | None:
        """Return the crop with the chosen aspect ratio. None if it covers the whole photo.

        `whole` is the size of the photo in pixels (width, height).
        """
        return cropped(Area(**area_of(self)), self.aspect.data, whole)

    def validate_in(self, whole: tuple[int, int]) -> bool:
        """Validate the form. The focal point must be complete and inside the crop."""
        if not self.validate():
            return False
        if (self.focus_x.data is None) != (self.focus_y.data is None):
            self.focus_x.errors = [HALF_A_FOCUS]
            return False
        focus, area = self.focus(), self.area(whole)
        if focus and area and not area.holds(**focus):
            self.focus_x.errors = [LOST_FOCUS]
            return False
        return True

    def focus(self) -> dict[str, float] | None:
        """Return the focal point in shares of the whole photo. None without a focal point."""
        if self.focus_x.data is None or self.focus_y.data is None:
            return None
        return {"x": part(self.focus_x.data), "y": part(self.focus_y.data)}


class WholeForm(FlaskForm):
    """Form to remove a crop."""

    whole = YesField(lazy_gettext("Whole"))


class GraphicForm(FlaskForm):
    """Form to mark or unmark a photo as graphic."""

    graphic = YesField(lazy_gettext("Graphic"))
