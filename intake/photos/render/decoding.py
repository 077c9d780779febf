"""Decoding of an untrusted picture: available codecs, size check, pixels."""

import io
import warnings

import PIL
import pillow_heif
from PIL import AvifImagePlugin, Image, features

from intake.photos.limits import MAX_ANIMATION_PIXELS, MAX_FRAMES, MAX_PIXELS, MAX_SCANS
from intake.photos.refusal import PhotoRefused

NEEDED = {
    "jpg": "JPEG",
    "zlib": "PNG",
    "webp": "WebP",
    "avif": "AVIF",
    "littlecms2": "colour profiles",
    "libtiff": "TIFF",
}

# Pillow's openers to use. MPO is left out: its opener raises KeyError on junk, and the JPEG opener reads MPO
# files. EPS is left out, because its opener starts Ghostscript.
OPENERS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "HEIF")
_START_OF_SCAN = b"\xff\xda"

KEEPS_MOVING = {"gif", "webp", "png", "avif"}
"""Formats whose frames are an animation. Further images of a TIFF, MPO or HEIF are other pictures, and are dropped."""


def prepare() -> None:
    """Register the openers, and limit HEIF and AVIF decoding to one thread each."""
    Image.init()
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def open_picture(data: bytes, format_in: str) -> Image.Image:
    """Open a picture and check its size, without decoding pixels. Raises PhotoRefused."""
    if format_in == "jpeg" and data.count(_START_OF_SCAN) > MAX_SCANS:
        raise PhotoRefused("too_many_scans")
    with warnings.catch_warnings():
        # Up to twice the limit, Pillow only warns. Beyond that it raises an error.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(data), formats=OPENERS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise PhotoRefused("too_many_pixels") from None
    _check_size(picture)
    return picture


def _check_size(picture: Image.Image) -> None:
    """Refuse an empty or too large picture.

    Call it before any decoding, because even `getexif()` reads a whole PNG.
    """
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS:
        raise PhotoRefused("too_many_pixels")
    if pixels == 0:
        raise PhotoRefused("damaged", "no pixels")


def count_frames(picture: Image.Image, format_in: str) -> int:
    """Number of frames of an animation, 1 for a still picture. Raises PhotoRefused (too_many_frames)."""
    if format_in not in KEEPS_MOVING:
        return 1
    frames = int(getattr(picture, "n_frames", 1))
    if frames > MAX_FRAMES or frames * picture.width * picture.height > max(MAX_ANIMATION_PIXELS, MAX_PIXELS):
        raise PhotoRefused("too_many_frames")
    return frames


def load(picture: Image.Image) -> None:
    """Decode the pixels. Raises any error of Pillow.

    Call it once: a corrupt Huffman table raises an error the first time and yields black the second time.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture.load()


def missing() -> list[str]:
    """Names of formats that Pillow cannot decode here, for lack of a codec.

    Empty with the wheels in the lock file.
    """
    return [name for feature, name in NEEDED.items() if not features.check(feature)]


def present() -> str:
    """Line of text with the versions of the codecs."""
    return f"Pillow {PIL.__version__}, libheif {pillow_heif.libheif_version()}, {', '.join(NEEDED.values())}, GIF"
