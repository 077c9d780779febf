"""Messages of the desk's JavaScript, which has no catalogue. Each page embeds the translations that its scripts need."""

from intake.plurals import desk_noop, desk_plural
from intake.translations.catalogue import Catalogue

ONE_FORM = {
    "desk": (
        desk_noop("Copied."),
        desk_noop("Your browser did not allow it. The text is selected: copy it with the keyboard."),
        desk_noop("Choose a reason."),
        desk_noop("Write to the contributor, or choose to send no message."),
        desk_noop("Write what to change. The contributor reads it."),
        desk_noop("Changes are requested by a message. Please untick “Send no message”."),
        desk_noop("Keyboard shortcuts"),
        desk_noop("You can turn them off in your settings, under your name at the top."),
        desk_noop("Close"),
        desk_noop("The text has keys of its own: press Ctrl+/ while you type in it."),
        desk_noop("Show these shortcuts"),
        desk_noop("Next submission"),
        desk_noop("Previous submission"),
        desk_noop("Open it"),
        desk_noop("Select it"),
        desk_noop("Mention {name}"),
    ),
    "editor": (
        desk_noop("Photo {number}"),
        desk_noop("No caption yet"),
        desk_noop("Already in the text: choose to show it there"),
        desk_noop("Not found"),
        desk_noop("{number} of {total}"),
        desk_noop("The text of this footnote was deleted"),
        desk_noop("The mark of this footnote is not in the text"),
        desk_noop("Photo {number} is in the text. Alt with the arrow keys moves it."),
        desk_noop("Photo {number} is selected in the text."),
        desk_noop("Show in the text"),
        desk_noop("Put into the text"),
        desk_noop("The photo is at the beginning."),
        desk_noop("The photo is at the end."),
        desk_noop("Moved up."),
        desk_noop("Moved down."),
        desk_noop("It follows “{words}”."),
        desk_noop("Photo {number} in the text"),
        desk_noop("A photo that is no longer there"),
        desk_noop("The block"),
        desk_noop("Move up in the text: {name}"),
        desk_noop("Move down in the text: {name}"),
        desk_noop("Take out"),
        desk_noop("Take out: {name}"),
        desk_noop("Taken out of the text: {name}"),
        desk_noop("This photo is no longer there"),
        desk_noop("Saving takes it out of the text."),
        desk_noop("{minutes} min to read"),
    ),
    "retouch": (
        desk_noop("Frame: {place}"),
        desk_noop("Frame of the crop"),
        desk_noop("The program misses faces that are small, bent, veiled or turned: look yourself."),
        desk_noop(
            "The program takes longer than usual to look for faces. Do not wait for it: look yourself."
        ),
        desk_noop("The program could not look for faces. Look yourself."),
        desk_noop("Suggestion removed."),
        desk_noop("Mark it"),
        desk_noop("Mark all {count}"),
        desk_noop("Possible face {number}: mark it"),
        desk_noop("{x} percent from the left, {y} from the top, {width} wide, {height} high"),
        desk_noop("Focal point"),
        desk_noop("Set a focal point"),
        desk_noop("Remove the focal point"),
        desk_noop("Focal point: {x} percent from the left, {y} from the top"),
        desk_noop("Undone."),
        desk_noop("Mark {number} added."),
        desk_noop("There are {count} marks. Destroy these first, then add others."),
        desk_noop("Remove"),
        desk_noop("{name} removed"),
        desk_noop("Mark {number}"),
        desk_noop("Preview on. The marks cannot be changed in it."),
        desk_noop("Preview off"),
        desk_noop("Dragging moves the picture"),
        desk_noop("Dragging draws a mark"),
        desk_noop("{number} percent"),
    ),
}
"""Bundle of scripts → its messages, as the scripts call `t` with them (intake/static/js/translation.js)."""

TWO_FORMS = {
    "desk": (
        desk_plural("{num} selected", "{num} selected"),
        desk_plural("{num} new submission.", "{num} new submissions."),
    ),
    "editor": (
        desk_plural("{num} replaced", "{num} replaced"),
        desk_plural("{num} found", "{num} found"),
        desk_plural("{num} word", "{num} words"),
    ),
    "retouch": (
        desk_plural("{num} possible face marked.", "{num} possible faces marked."),
        desk_plural("{num} possible face.", "{num} possible faces."),
        desk_plural("{num} mark", "{num} marks"),
    ),
}
"""Bundle of scripts → its messages with a plural, as the scripts call `tn` with them."""


def words(catalogue: Catalogue, bundle: str) -> dict[str, str | list[str]]:
    """Return {message: its translation, or all its plural forms} of a bundle and of the bundle of all pages."""
    bundles = dict.fromkeys(("desk", bundle))
    single = {one: catalogue.gettext(one) for name in bundles for one in ONE_FORM[name]}
    plural = {one: catalogue.forms(one, several) for name in bundles for one, several in TWO_FORMS[name]}
    return single | plural
