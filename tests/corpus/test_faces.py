"""Faces in real photos, counted by eye. Statues, drawings and the crowds behind people are not counted."""

import pytest

from intake.photos import clean_photo
from intake.photos.faces import WHOLE, PossibleFace, find_faces, is_installed
from tests.corpus.photos import corpus

PHOTOS = corpus()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        PHOTOS is None, reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real photos"
    ),
    pytest.mark.skipif(not is_installed(), reason="the extra transom[faces] is not installed"),
]

# Photo → middles of the faces in it, as shares of width and height.
FACES = {
    "Pillow__hopper.jpg": [(0.486, 0.40)],
    "exif-samples__no_exif.jpg": [(0.69, 0.085)],
    "exiv2__avif_exif_xmp.avif": [(0.48, 0.55)],
    "libvips__sample.png": [(0.537, 0.175)],
    "metadata-extractor-images__Canon_EOS_7D.jpg": [(0.52, 0.27)],
    "metadata-extractor-images__Canon_PowerShot_SD100.jpg": [(0.457, 0.21), (0.413, 0.32)],
    "metadata-extractor-images__FujiFilm_FinePix2650.jpg": [(0.549, 0.475)],
    "metadata-extractor-images__Samsung_GT-I9000_Galaxy_S_.jpg": [(0.579, 0.246), (0.31, 0.30)],
    "metadata-extractor-images__c0d253443d8d4241035fff993ea0581b.tif": [(0.506, 0.093)],
    "metadata-extractor-images__f505d8aaa96b8da1a1c92363b898f97a.tif": [(0.407, 0.37)],
    # A group with caps, heads bent and in profile. Two more faces are cut by the edge or by other people.
    "exif-js__Bush-dog.jpg": [
        (0.147, 0.118), (0.393, 0.118), (0.45, 0.148), (0.567, 0.045), (0.74, 0.16), (0.867, 0.10), (0.94, 0.15), (0.53, 0.243),
    ],
    # Five people in a dark room, blurred.
    "metadata-extractor-images__Canon_IXUS_v3.jpg": [(0.205, 0.40), (0.87, 0.51), (0.575, 0.53), (0.19, 0.70), (0.05, 0.62)],
    "sharp__Channel_digital_image_CMYK_color.jpg": [(0.613, 0.268), (0.633, 0.567)],
    "exifr__iptc-staff-photographer-example.jpg": [(0.61, 0.325)],
    "exifr__iptc-mess.jpg": [(0.499, 0.261)],
    "exiv2__test.tiff": [(0.471, 0.542)],
}  # fmt: skip
FAR = 1
"""Faces that count as missed without a test: one of 8 pixels, of a person in a canoe."""

LEAST = 26


def covers(area: PossibleFace, face: tuple[float, float]) -> bool:
    """Return whether the middle of a face is in the inner half of an area."""
    x, y = face
    across, down = area.width / WHOLE, area.height / WHOLE
    middle = area.x / WHOLE + across / 2, area.y / WHOLE + down / 2
    return abs(x - middle[0]) <= across / 4 and abs(y - middle[1]) <= down / 4


def test_at_least_26_of_31_faces_are_suggested() -> None:
    assert PHOTOS is not None
    found, others, missed = 0, 0, []
    for name, faces in FACES.items():
        areas = find_faces(clean_photo((PHOTOS / "real" / name).read_bytes()).web)
        hit = [face for face in faces if any(covers(area, face) for area in areas)]
        found += len(hit)
        others += sum(not any(covers(area, face) for face in faces) for area in areas)
        missed += [(name, face) for face in faces if face not in hit]
    total = sum(map(len, FACES.values())) + FAR
    print(f"{found} of {total} faces, {others} other areas, missed: {missed}")
    assert total == 31
    assert found >= LEAST, missed
