"""Title and URLs that the Atom feed and the JSON Feed share."""

import uuid
from dataclasses import dataclass

from intake.publishing.accepted import Accepted, Image
from intake.publishing.figures import figure, with_figures
from intake.publishing.picture_addresses import picture_path
from intake.text import display


@dataclass(frozen=True)
class Channel:
    """Feed of one magazine, with its URLs.

    `base` is the public URL of Transom without a final slash. `here` is the URL of this page of the feed,
    `next` of the next page, or None.
    """

    magazine: str
    base: str
    here: str
    next: str | None

    @property
    def title(self) -> str:
        """Title of the feed."""
        return f"{self.magazine}: accepted submissions"

    def photo(self, submission: uuid.UUID, image: Image, size: str = "full") -> str:
        """URL of a photo. The URL needs no token and expires, see `picture_addresses`."""
        return self.base + picture_path(submission, image, size)

    def content(self, submission: Accepted) -> str:
        """HTML of a text with its photos. Photos without a place in the text come at the end."""

        def written(image: Image) -> str:
            return figure(image, self.photo(submission.id, image, "web"))

        text = with_figures(submission, display.directed(submission.html), written)
        return text + "".join(map(written, submission.unplaced))

    def desk(self, submission: uuid.UUID) -> str:
        """URL of a submission on the desk."""
        return f"{self.base}/desk/submissions/{submission}"


def identifier(submission: uuid.UUID) -> str:
    """Permanent identifier of a submission. It does not change if the public URL of Transom does."""
    return f"urn:uuid:{submission}"


def media_type(image: Image) -> str:
    """Media type of a photo, such as image/jpeg."""
    return f"image/{image.format}"
