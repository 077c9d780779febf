"""Title and addresses that both feed formats share."""

import uuid
from dataclasses import dataclass

from intake.publishing.accepted import Image


@dataclass(frozen=True)
class Channel:
    """Feed with its addresses.

    `base` is the public address without a final slash, `here` and `next` are page URLs.
    """

    magazine: str
    base: str
    here: str
    next: str | None

    @property
    def title(self) -> str:
        """Title of the feed."""
        return f"{self.magazine}: accepted submissions"

    def photo(self, submission: uuid.UUID, image: Image) -> str:
        """URL of the full copy of a photo. It needs a token for the feed."""
        return f"{self.base}/feeds/submissions/{submission}/photos/{image.id}/full"

    def desk(self, submission: uuid.UUID) -> str:
        """URL of a submission on the desk."""
        return f"{self.base}/desk/submissions/{submission}"


def identifier(submission: uuid.UUID) -> str:
    """Permanent identifier of a submission, independent of the address of Transom."""
    return f"urn:uuid:{submission}"


def media_type(image: Image) -> str:
    """Media type, such as image/jpeg."""
    return f"image/{image.format}"
