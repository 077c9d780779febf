"""Block markup in the ZIP to paste into WordPress, and names of the photos to upload there."""

import uuid
from datetime import date
from hashlib import sha256

from markupsafe import Markup

from intake.languages import direction
from intake.publishing.accepted import Accepted, Image
from intake.text.wordpress import image_block, rtl_or_none, to_block_markup, turned


def wordpress(submission: Accepted, uploads: str) -> str:
    """Document `wordpress.txt`: the text as blocks, without its title.

    Photos are where an editor placed them, and photos without a place are at the end. `uploads` is the address of the
    folder where WordPress keeps them. The site is expected to have the writing direction of the submission's language.
    """

    def photo(name: uuid.UUID) -> str:
        image = submission.image(name)
        return _block(image, uploads) if image else ""

    text = to_block_markup(submission.html, photo, direction(submission.language))
    ends = "".join(f"\n{_block(image, uploads)}\n" for image in submission.unplaced)
    return (text + ends).lstrip("\n")


def _block(image: Image, uploads: str) -> str:
    lines = [_line(line) for line in (image.caption, image.credit) if line]
    return image_block(uploads + upload_name(image), image.alt or "", "<br>".join(lines))


def _line(words: str) -> str:
    return turned(Markup("{}").format(words), rtl_or_none(words))


def uploads_folder(pattern: str, day: date) -> str:
    """Address of the folder where WordPress keeps files that are uploaded on a day. Ends with a slash.

    `pattern` is the setting TRANSOM_WORDPRESS_UPLOADS.
    """
    address = pattern.replace("{year}", f"{day.year:04d}").replace("{month}", f"{day.month:02d}")
    return address.rstrip("/") + "/"


def upload_name(image: Image) -> str:
    """File name under which a photo is uploaded to WordPress, such as `01-4be90c12.jpg`.

    If WordPress already has a file of that name, it renames the new one, and the text would show the older file. So each
    photo has a unique name, and a new one after each redaction or crop. The name does not reveal the photo's id.
    """
    digest = sha256(f"{image.id}/{image.generation}".encode()).hexdigest()
    return f"{image.position:02d}-{digest[:8]}.{image.ending}"


def upload_file(image: Image) -> str:
    """File name in the ZIP of the copy for WordPress, at most 1,600 pixels wide or high."""
    return f"wordpress/{upload_name(image)}"


def featured_file(image: Image) -> str:
    """File name in the ZIP of the featured photo, such as `featured.jpg`."""
    return f"featured.{image.ending}"
