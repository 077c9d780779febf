"""What both forms of the feed say of themselves, and the addresses in it."""

import uuid
from dataclasses import dataclass

from intake.publishing.accepted import Image


@dataclass(frozen=True)
class Channel:
    """`base` is the public address without a slash at its end; `here` and `next` are those of this page and the next."""

    magazine: str
    base: str
    here: str
    next: str | None

    @property
    def title(self) -> str:
        """As readers list it."""
        return f"{self.magazine}: accepted pieces"

    def photo(self, submission: uuid.UUID, image: Image) -> str:
        """Where the full copy of a photo is, for whoever has a token for the feed."""
        return f"{self.base}/feeds/submissions/{submission}/photos/{image.id}/full"

    def desk(self, submission: uuid.UUID) -> str:
        """The page of a submission on the desk."""
        return f"{self.base}/desk/submissions/{submission}"


def identifier(submission: uuid.UUID) -> str:
    """Of a submission, for ever and wherever Transom moves."""
    return f"urn:uuid:{submission}"


def media_type(image: Image) -> str:
    """Such as image/jpeg."""
    return f"image/{image.format}"
