"""Decoding of an untrusted picture: available codecs, size check, pixels."""

import io
import warnings
from dataclasses import dataclass

import PIL
import pillow_heif
from PIL import AvifImagePlugin, Image, features

from intake.photos.limits import MAX_ANIMATION_PIXELS, MAX_FRAMES, MAX_PIXELS, MAX_SCANS
from intake.photos.notes import Notes
from intake.photos.pictures import MainPicture
from intake.photos.pictures.jpeg import END, JpegStream
from intake.photos.refusal import PhotoRefused
from intake.photos.render import large_jpeg, missing_rows, threads

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

KEEPS_MOVING = {"gif", "webp", "png", "avif"}
"""Formats whose further frames are an animation and are kept."""


def prepare() -> None:
    """Register the openers. HEIF is decoded in several threads, because phones store 12 megapixels as 48 tiles."""
    Image.init()
    pillow_heif.options.DECODE_THREADS = threads.count()
    pillow_heif.register_heif_opener(thumbnails=False)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass
class Opened:
    """Picture that is open but not decoded."""

    picture: Image.Image
    original: tuple[int, int]
    """Width and height that the file states. A large JPEG is opened at a half or a quarter of this size."""
    cut: JpegStream | None = None
    """Structure of a JPEG that lacks its end marker."""

    def load(self) -> Notes:
        """Decode the pixels, and return notes on them. Raises PhotoRefused (damaged), or any error of Pillow.

        Call it once: a corrupt Huffman table raises an error the first time and yields black the second time.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.picture.load()
        return missing_rows.check(self.picture, self.cut) if self.cut else {}


def open_picture(main: MainPicture) -> Opened:
    """Open a picture and check its size, without decoding pixels. Raises PhotoRefused."""
    if main.stream is not None:
        return _open_jpeg(main.data, main.stream)
    picture = _open(main.data)
    _check_size(picture)
    return Opened(picture, picture.size)


def _open_jpeg(data: bytes, stream: JpegStream) -> Opened:
    if stream.scans > MAX_SCANS:
        raise PhotoRefused("too_many_scans")
    with large_jpeg.allowed():
        # Pillow refuses a file without an end marker.
        picture = _open(data if stream.complete else data + END)
    original = picture.size
    large_jpeg.reduce(picture, stream)
    _check_size(picture)
    return Opened(picture, original, None if stream.complete else stream)


def _open(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Pillow only warns up to twice MAX_IMAGE_PIXELS. Treat the warning like the error beyond.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=OPENERS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise PhotoRefused("too_many_pixels") from None


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


def missing() -> list[str]:
    """Names of formats that Pillow cannot decode here, for lack of a codec.

    Empty with the wheels in the lock file.
    """
    return [name for feature, name in NEEDED.items() if not features.check(feature)]


def present() -> str:
    """Line of text with the versions of the codecs."""
    return f"Pillow {PIL.__version__}, libheif {pillow_heif.libheif_version()}, {', '.join(NEEDED.values())}, GIF"
