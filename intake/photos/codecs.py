"""Which codecs Pillow was built with. Imports Pillow, so it is for the command line and workers alone."""

import PIL
import pillow_heif
from PIL import features

NEEDED = {
    "jpg": "JPEG",
    "zlib": "PNG",
    "webp": "WebP",
    "avif": "AVIF",
    "littlecms2": "colour profiles",
    "libtiff": "TIFF",
}


def missing() -> list[str]:
    """Names of what cannot be decoded here; empty on every wheel that we name in the lock."""
    return [name for feature, name in NEEDED.items() if not features.check(feature)]


def present() -> str:
    """Versions, for a person."""
    return f"Pillow {PIL.__version__}, libheif {pillow_heif.libheif_version()}, {', '.join(NEEDED.values())}, GIF"
