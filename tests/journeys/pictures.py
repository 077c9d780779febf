"""Photos with GPS positions for journeys, from the corpus if it is installed, else generated."""

import os
from pathlib import Path

from tests.photos.made import jpeg_with_gps

CORPUS = (
    Path(os.environ.get("TRANSOM_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
    / "photos"
    / "real"
)
# Photos with GPS: Pixel (12 megapixels, Display P3, gain map), Nikon (with provenance data), iPhone (HEIC).
REAL = (
    "ultrahdr__s01.orig.jpg",
    "public-testfiles__nikon-20221019-building.jpeg",
    "exiv2__2021-02-13-1929.heic",
)
MARK = "CNRYjourney"


def three_photos(folder: Path) -> list[Path]:
    """Return three files with names that must not appear anywhere."""
    if all((CORPUS / name).exists() for name in REAL):
        sources = [(CORPUS / name).read_bytes() for name in REAL]
    else:
        sources = [jpeg_with_gps(4032, 3024, MARK, orientation) for orientation in (1, 6, 8)]
    paths = [folder / f"CNRYname{i}_Almaty.jpg" for i in range(1, 4)]
    for path, data in zip(paths, sources, strict=True):
        path.write_bytes(data)
    return paths


def marked_photo(folder: Path) -> Path:
    """Return a generated photo with a mark in every metadata field, to search for on the disk."""
    path = folder / "CNRYname0_Almaty.jpg"
    path.write_bytes(jpeg_with_gps(1600, 1200, MARK))
    return path
