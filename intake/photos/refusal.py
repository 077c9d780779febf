"""Reasons to refuse a photo: a code for the database, and for people a sentence and a remedy."""

from dataclasses import dataclass

from intake.photos.notes import Notes
from intake.plurals import ENGLISH, Translator, gettext_noop
from intake.sandbox.refusal import Refused


@dataclass(frozen=True)
class Explanation:
    """Sentence that says why a photo was refused, and sentence that says what its contributor can do."""

    why: str
    what_to_do: str


_SMALLER = gettext_noop("Please send a smaller copy of it, or a screenshot.")
_AGAIN = gettext_noop("Please choose it again, or send a screenshot of it.")
_SCREENSHOT = gettext_noop("Please open it and send a screenshot of it instead.")

REASONS = {
    "empty": Explanation(
        gettext_noop("The file is empty."),
        gettext_noop("Please choose the photo again and send it once more."),
    ),
    "too_large": Explanation(gettext_noop("The file is larger than we can take in."), _SMALLER),
    "not_a_photo": Explanation(
        gettext_noop("We do not recognise this file as a photo."),
        gettext_noop("Please choose a photo, or open the file and send a screenshot of it."),
    ),
    "video": Explanation(
        gettext_noop("This is a video. Only photos can be added here."),
        gettext_noop("Please send screenshots of the moments that matter."),
    ),
    "audio": Explanation(
        gettext_noop("This is a sound recording. Only photos can be added here."),
        gettext_noop("Please write into your text what is to be heard."),
    ),
    "document": Explanation(
        gettext_noop("This is a document or a web page. Only photos can be added here."),
        gettext_noop("Please send screenshots of its pages, or put its words into your text."),
    ),
    "drawing": Explanation(
        gettext_noop("This file was made for a drawing program. Only photos can be added here."),
        gettext_noop("Please open it and send a screenshot of it."),
    ),
    "archive": Explanation(
        gettext_noop("This is a packed archive. Only photos can be added here."),
        gettext_noop("Please unpack it, and send the photos from inside."),
    ),
    "type_not_accepted": Explanation(
        gettext_noop(
            "This kind of picture is not accepted. We take JPEG, PNG, WebP, GIF, HEIC, AVIF and TIFF."
        ),
        gettext_noop("Please save it as a JPEG and send that, or send a screenshot of it."),
    ),
    "raw_photo": Explanation(
        gettext_noop("This is a camera's raw file."),
        gettext_noop("Please send the normal photo, or a screenshot of it."),
    ),
    "larger_picture": Explanation(
        gettext_noop("The file holds a larger picture than the one that it shows."), _SCREENSHOT
    ),
    "too_many_pages": Explanation(
        gettext_noop("The file has more pages than the photos that we can take with one text."),
        gettext_noop("Please send the pages that matter as single photos."),
    ),
    "too_many_pixels": Explanation(gettext_noop("The picture has more pixels than we can open."), _SMALLER),
    "too_many_frames": Explanation(
        gettext_noop("The animation is too long or too large for us to clean."),
        gettext_noop("Please send a shorter one, or a single picture from it."),
    ),
    "too_many_scans": Explanation(
        gettext_noop("The file is built in a way that no camera uses, so it was not opened."), _SCREENSHOT
    ),
    "damaged": Explanation(
        gettext_noop("The file is damaged, incomplete or of a rare kind, so the picture could not be read."),
        _AGAIN,
    ),
    "too_slow": Explanation(
        gettext_noop("The file took too long to open, as damaged or hostile files do."), _SCREENSHOT
    ),
    "too_much_memory": Explanation(
        gettext_noop("The file needed too much memory to open, as damaged or hostile files do."), _SCREENSHOT
    ),
    "too_many_pictures": Explanation(
        gettext_noop("The document has more pictures than we take with one text."),
        gettext_noop("Please send the picture with a text of its own."),
    ),
    "could_not_be_processed": Explanation(
        gettext_noop("Our machines could not process this photo, so it was not kept."), _AGAIN
    ),
    "not_proven_clean": Explanation(
        gettext_noop("We could not prove that nothing hidden is left in the picture, so it was not kept."),
        _SCREENSHOT,
    ),
}
"""Reason → explanation for contributor and editor."""


def why(reason: str | None, translator: Translator = ENGLISH) -> str:
    """Sentence that explains a reason (a key of REASONS). Empty for None and for an unknown code."""
    return translator.gettext(REASONS[reason].why) if reason in REASONS else ""


def what_to_do(reason: str | None, translator: Translator = ENGLISH) -> str:
    """Sentence of advice for the contributor. Empty for None and for an unknown code."""
    return translator.gettext(REASONS[reason].what_to_do) if reason in REASONS else ""


def why_and_what_to_do(reason: str | None, translator: Translator = ENGLISH) -> str:
    """Both sentences about a reason. Empty for None and for an unknown code."""
    return f"{why(reason, translator)} {what_to_do(reason, translator)}".strip()


class PhotoRefused(Refused):
    """The photo cannot be cleaned or shown. `reason` is a key of REASONS.

    `detail` names for an admin the place of the failure (exception type, module and line). It never quotes
    the file. `notes` are facts that contributor and editor should know, such as the number of pages.
    """

    def __init__(self, reason: str, detail: str = "", notes: Notes | None = None) -> None:
        if reason not in REASONS:
            raise ValueError(f"{reason!r} is not a reason; add it to REASONS first")
        super().__init__(reason, detail)
        self.notes = notes or {}

    @property
    def sentence(self) -> str:
        """Reason and remedy in plain English, for contributor and editor."""
        return why_and_what_to_do(self.reason)
