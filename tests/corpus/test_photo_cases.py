"""Photos made after public reports of bugs in other programs. Skipped if they are missing."""

import pytest

from intake.photos import CleanPhoto, PhotoRefused, clean_photo
from tests.corpus.photos import corpus

CASES = corpus()
pytestmark = pytest.mark.skipif(
    CASES is None or not (CASES / "cases").is_dir(), reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS"
)


def cleaned(name: str, page: int = 1) -> CleanPhoto:
    assert CASES is not None
    return clean_photo((CASES / "cases" / name).read_bytes(), page=page)


def refusal(name: str) -> str:
    with pytest.raises(PhotoRefused) as refused:
        cleaned(name)
    return refused.value.reason


def test_a_raw_file_is_not_taken_for_its_thumbnail() -> None:
    assert refusal("photoprism__canon_eos_6d.dng") == "raw_photo"


@pytest.mark.parametrize("page", [1, 2, 3])
def test_every_page_of_a_fax_is_kept(page: int) -> None:
    assert cleaned("three-page-fax.tif", page).notes == {"page": [page, 3]}


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("no-eoi.jpg", {}),
        ("cut-300-bytes.jpg", {"incomplete": True}),
        ("samsung-bad-sos.jpg", {}),
        ("nul-padding-after-eoi.jpg", {}),
        ("is-heic.jpg", {}),
        ("png-exif-orient6.png", {}),
    ],
)
def test_sound_photos_are_kept(name: str, notes: dict[str, bool]) -> None:
    photo = cleaned(name)
    assert (photo.notes, sorted((photo.width, photo.height))) == (notes, [900, 1200])


@pytest.mark.parametrize("name", ["clip.mp4", "scan.pdf", "pic.svg", "html.jpg"])
def test_other_files_are_refused(name: str) -> None:
    assert refusal(name)
