"""Photos of a submission as `<figure>` elements, in the ZIP and in the feeds."""

import uuid
from collections.abc import Callable

from markupsafe import Markup

from intake.publishing.accepted import Accepted, Image
from intake.text.html import placements

_FIGURE = Markup('<figure><img src="{}" width="{}" height="{}" alt="{}">{}</figure>')
_CAPTION = Markup("<figcaption>{}</figcaption>")
_CREDIT = Markup('<span class="credit"><bdi>{}</bdi></span>')


def figure(image: Image, source: str) -> Markup:
    """Return a photo with caption, credit and text alternative. `source` is the URL of the picture.

    Width and height are those of the full size, so that a browser reserves room in the right proportion.
    """
    words = [Markup("<bdi>{}</bdi>").format(image.caption)] if image.caption else []
    words += [_CREDIT.format(image.credit)] if image.credit else []
    caption = _CAPTION.format(Markup("<br>").join(words)) if words else Markup()
    return _FIGURE.format(source, image.width, image.height, image.alt or "", caption)


def words_of(image: Image) -> str:
    """Caption and credit in one line. Empty if the photo has neither."""
    return " / ".join(filter(None, (image.caption, image.credit)))


def with_figures(submission: Accepted, html: str, written: Callable[[Image], str]) -> str:
    """Replace each photo placement in `html` by the result of `written` for its photo.

    The placement of a photo that may not be published is removed.
    """

    def of_photo(photo: uuid.UUID) -> str:
        image = submission.image(photo)
        return written(image) if image else ""

    return placements.filled(html, of_photo)
