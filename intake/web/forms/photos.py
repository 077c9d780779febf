"""What an editor draws on a photo, as numbers: percent of its width and height."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FloatField, Form, FormField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from intake.photos.retouch import Area, Mark
from intake.photos.retouch.marks import ASPECTS, fitted
from intake.web.forms.fields import YesField

ROWS = 3
MOST_MARKS = 60
TOO_MANY_MARKS = (
    f"At most {MOST_MARKS} marks at a time, please: nothing has been destroyed yet. Do the rest afterwards."
)
NO_MARK = "Nothing is marked yet. Draw a mark on the picture, or give its numbers in the list."
HALF_A_MARK = "Give all four numbers of this mark, or none."
OUTSIDE = "Between 0 and 100, please."
TOO_SMALL = "Above 0 and up to 100, please."
HALF_A_FOCUS = "Give both numbers of the focal point, or neither."
LOST_FOCUS = "The focal point lies outside of what is left. Move it, or leave it empty."
ALL = 0.9995
"""Parts of a side above which nothing is cut off."""

SHAPES = {"box": "Box", "ellipse": "Ellipse"}
HOWS = {"solid": "Solid black", "mosaic": "Strong mosaic"}


def part(percent: float | None) -> float:
    """Percent as a part of one."""
    return round((percent or 0) / 100, 6)


def within(x: float, y: float, width: float, height: float) -> dict[str, float]:
    """Parts of a picture as an Area has them, without what lies outside the picture."""
    x, y = round(x, 6), round(y, 6)
    return {"x": x, "y": y, "width": round(min(width, 1 - x), 6), "height": round(min(height, 1 - y), 6)}


def left(area: Area, aspect: str, whole: tuple[int, int]) -> Area | None:
    """What a crop leaves of a picture of that size, in that shape; None where that is all of it."""
    found = fitted(area, aspect, whole)
    return None if min(found.width, found.height) > ALL else found


def area_of(form: Form) -> dict[str, float]:
    """The four numbers of a form as an Area has them."""
    return within(*(part(form[name].data) for name in ("x", "y", "width", "height")))


def percent_field(label: str, *checks: Any, least: float = 0, most: float = 100) -> FloatField:
    """A number of percent."""
    return FloatField(label, [*checks, NumberRange(least, most, TOO_SMALL if least else OUTSIDE)])


class MarkForm(Form):
    """One mark. Without numbers it is no mark."""

    x = percent_field("From the left", Optional(), most=99.9)
    y = percent_field("From the top", Optional(), most=99.9)
    width = percent_field("Width", Optional(), least=0.05)
    height = percent_field("Height", Optional(), least=0.05)
    shape = SelectField("Shape", choices=SHAPES, default="box")
    how = SelectField("How", choices=HOWS, default="solid")

    @property
    def numbers(self) -> list[Any]:
        """The fields that make it a mark."""
        return [self.x, self.y, self.width, self.height]

    @property
    def blank(self) -> bool:
        """Whether nothing was put in."""
        return not any((field.raw_data or [""])[0].strip() for field in self.numbers)

    def validate_how(self, _field: Field) -> None:
        """The last field speaks for all."""
        if not self.blank and any(field.data is None and not field.errors for field in self.numbers):
            raise ValidationError(HALF_A_MARK)


class RedactionForm(FlaskForm):
    """The marks of a redaction."""

    # One more than there may be: a list drops what is above its maximum, and a mark that is dropped destroys nothing.
    marks = FieldList(FormField(MarkForm), "Marks", min_entries=ROWS, max_entries=MOST_MARKS + 1)

    def validate_marks(self, field: Any) -> None:
        """Sending nothing is a mistake, and must not look as if something were destroyed; nor may only a part be."""
        if len(field) > MOST_MARKS:
            raise ValidationError(TOO_MANY_MARKS)
        if all(entry.form.blank for entry in field):
            raise ValidationError(NO_MARK)

    def problems(self) -> list[str]:
        """What is wrong, as sentences."""
        told = [error for error in self.marks.errors if isinstance(error, str)]
        for number, entry in enumerate(self.marks, start=1):
            sentences = dict.fromkeys(error for errors in entry.form.errors.values() for error in errors)
            told += [f"Mark {number}: {sentence}" for sentence in sentences]
        return told

    def drawn(self) -> list[Mark]:
        """The marks, in the order of the list."""
        kept = [entry.form for entry in self.marks if not entry.form.blank]
        return [Mark(**area_of(form), shape=form.shape.data, how=form.how.data) for form in kept]


class CropForm(FlaskForm):
    """What is left of a photo, and its focal point; or all of it."""

    x = percent_field("From the left", InputRequired(OUTSIDE), most=99.9)
    y = percent_field("From the top", InputRequired(OUTSIDE), most=99.9)
    width = percent_field("Width", InputRequired(TOO_SMALL), least=1)
    height = percent_field("Height", InputRequired(TOO_SMALL), least=1)
    aspect = SelectField("Shape", choices={name: name.capitalize() for name in ASPECTS}, default="free")
    focus_x = percent_field("Focal point, from the left", Optional())
    focus_y = percent_field("Focal point, from the top", Optional())

    def area(self, whole: tuple[int, int]) -> Area | None:
        """What is left of a picture of that size, in the shape that was chosen; None where that is all of it."""
        return left(Area(**area_of(self)), self.aspect.data, whole)

    def validate_in(self, whole: tuple[int, int]) -> bool:
        """As `validate`; and the focal point is whole, and lies within what is left."""
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
        """The focal point in the whole photo."""
        if self.focus_x.data is None or self.focus_y.data is None:
            return None
        return {"x": part(self.focus_x.data), "y": part(self.focus_y.data)}


class WholeForm(FlaskForm):
    """The crop is taken away."""

    whole = YesField("Whole")


class GraphicForm(FlaskForm):
    """Whether a photo is graphic."""

    graphic = YesField("Graphic")
