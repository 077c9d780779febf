"""Reasons to refuse a photo: a code for the database, sentences for people."""

from intake.photos.notes import Notes
from intake.plurals import ENGLISH, Translator
from intake.sandbox.refusal import Refused

REASONS = {
    "empty": "The file is empty.",
    "too_large": "The file is larger than we can take in.",
    "not_a_photo": "We do not recognise this file as a photo.",
    "type_not_accepted": "This kind of file is not accepted. We take JPEG, PNG, WebP, GIF, HEIC, AVIF and TIFF.",
    "raw_photo": "This is a camera's raw file.",
    "larger_picture": "The file holds a larger picture than the one that we can open.",
    "too_many_pages": "The file has more pages than the photos that we can take with one text.",
    "too_many_pixels": "The picture is too large: we take up to 50 megapixels.",
    "too_many_frames": "The animation is too long or too large for us to clean.",
    "too_many_scans": "The file is built in a way that no camera uses, so it was not opened.",
    "damaged": "The file is damaged, incomplete or of a rare kind, so the picture could not be read.",
    "too_slow": "The file took too long to open, as damaged or hostile files do.",
    "too_much_memory": "The file needed too much memory to open, as damaged or hostile files do.",
    "too_many_pictures": "The document has more pictures than we take with one text.",
    "could_not_be_processed": "Our machines could not process this photo, so it was not kept.",
    "not_proven_clean": "We could not prove that nothing hidden is left in the picture, so it was not kept.",
}

_SMALLER = "Please send a smaller copy of it."
_AS_JPEG = "Please send it again as a JPEG."
_SCREENSHOT = "Please open it and send a screenshot of it instead."

REMEDIES = {
    "empty": "Please choose the photo again and send it once more.",
    "too_large": _SMALLER,
    "not_a_photo": _AS_JPEG,
    "type_not_accepted": _AS_JPEG,
    "raw_photo": "Please send the normal photo, or a screenshot of it.",
    "larger_picture": _SCREENSHOT,
    "too_many_pages": "Please send the pages that matter as single photos.",
    "too_many_pixels": _SMALLER,
    "too_many_frames": "Please send a shorter one, or a single picture from it.",
    "too_many_scans": _AS_JPEG,
    "damaged": _AS_JPEG,
    "too_slow": _SCREENSHOT,
    "too_much_memory": _SCREENSHOT,
    "too_many_pictures": "Please send the picture with a text of its own.",
    "could_not_be_processed": _AS_JPEG,
    "not_proven_clean": _AS_JPEG,
}
"""Reason → advice for the contributor."""


def why(reason: str | None, translator: Translator = ENGLISH) -> str:
    """Sentence that explains a reason (a key of REASONS). Empty for None and for an unknown code."""
    return translator.gettext(REASONS[reason]) if reason in REASONS else ""


def why_and_what_to_do(reason: str | None, translator: Translator = ENGLISH) -> str:
    """Sentence that explains a reason, followed by advice for the contributor.

    Empty for None and for an unknown code.
    """
    if reason not in REASONS:
        return ""
    return f"{why(reason, translator)} {translator.gettext(REMEDIES[reason])}"


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
        """Reason in plain English, for contributor and editor."""
        return why(self.reason)
