"""Pages of a TIFF file. Small copies and masks are no pages."""

from intake.photos.limits import MAX_PAGES
from intake.photos.pictures import raw
from intake.photos.pictures.directories import COMPRESSION, Directories, Directory
from intake.photos.pictures.main_picture import MainPicture, refuse_if_smaller
from intake.photos.refusal import PhotoRefused

_OLD_JPEG, _JPEG_THUMBNAIL_SIDE, _THUMBNAIL_SIDE = 6, 320, 160


def choose(data: bytes, page: int, max_pages: int | None) -> MainPicture:
    """Choose a page, the first of which has the number 1, or the photo inside a raw file.

    Raises PhotoRefused (raw_photo, larger_picture, too_many_pages, damaged).
    """
    found = Directories(data)
    if raw.is_raw(data, found):
        return raw.choose(data, found)
    pages = _pages(found)
    if not pages:
        raise PhotoRefused("damaged", "no page")
    total = len(pages) + found.count() - len(found.pages)
    # Pages that were counted but not read cannot be kept: nested pictures use up the directories that are read.
    if total > min(max_pages or MAX_PAGES, len(pages)):
        raise PhotoRefused("too_many_pages", str(total))
    if page > total:
        raise PhotoRefused("damaged", "no such page")
    rest = [each.pixels for each in found if each not in pages]
    refuse_if_smaller(max(each.pixels for each in pages), rest)
    notes = {"page": [page, total]} if total > 1 else {}
    return MainPicture(found.starting_at(pages[page - 1]), "tiff", notes)


def _pages(found: Directories) -> list[Directory]:
    """Pages of the chain. If it has none, the pages among the nested pictures, or else the largest picture of the file."""
    nested = [each for page in found.pages for each in page.sub]
    for several in (found.pages, nested):
        pages = [each for each in several if _is_page(each)]
        if len(pages) == 2 and _is_thumbnail(pages[1], pages[0]):
            return pages[:1]
        if pages:
            return pages
    sized = [each for each in found if each.pixels and not each.mask]
    return sorted(sized, key=lambda each: -each.pixels)[:1]


def _is_page(directory: Directory) -> bool:
    """Return whether a directory is a picture of its own."""
    if not directory.pixels or directory.reduced or directory.mask:
        return False
    side = max(directory.width, directory.height)
    return directory.number(COMPRESSION) != _OLD_JPEG or side > _JPEG_THUMBNAIL_SIDE


def _is_thumbnail(second: Directory, first: Directory) -> bool:
    """Return whether the second of two pages is an Exif thumbnail. Not all programs mark thumbnails as such."""
    small = max(second.width, second.height) <= _THUMBNAIL_SIDE and 2 * second.width <= first.width
    # Same aspect ratio, up to one pixel of rounding.
    return small and abs(second.height * first.width - first.height * second.width) <= first.width
