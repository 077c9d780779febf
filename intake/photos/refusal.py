"""Why a photo was turned away: a code for the record, a sentence for people."""

REASONS = {
    "empty": "The file is empty.",
    "too_large": "The file is larger than we can take in.",
    "not_a_photo": "We do not recognise this file as a photo.",
    "type_not_accepted": "This kind of file is not accepted. We take JPEG, PNG, WebP, GIF, HEIC, AVIF and TIFF.",
    "too_many_pixels": "The picture is too large: we take up to 50 megapixels.",
    "too_many_frames": "The animation is too long or too large for us to clean.",
    "too_many_scans": "The file is built in a way that no camera uses, so it was not opened.",
    "damaged": "The file is damaged, incomplete or of a rare kind, so the picture could not be read.",
    "too_slow": "The file took too long to open, as damaged or hostile files do.",
    "too_much_memory": "The file needed too much memory to open, as damaged or hostile files do.",
    "not_proven_clean": "We could not prove that nothing hidden is left in the picture, so it was not kept.",
}


class PhotoRefused(Exception):
    """The photo cannot be shown. `reason` is a key of REASONS.

    `detail` tells an admin where it happened (an exception's type, a module and a line), and never what the file holds.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        if reason not in REASONS:
            raise ValueError(f"{reason!r} is not a reason; add it to REASONS first")
        super().__init__(reason)
        self.reason = reason
        self.detail = detail

    @property
    def sentence(self) -> str:
        """The reason in plain English, for contributor and editor."""
        return REASONS[self.reason]
