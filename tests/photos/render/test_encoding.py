import pytest
from PIL import Image

from intake.photos.render.encoding import Timing, best_coding, encode, encode_frames
from intake.photos.verify import verify
from tests.photos import made
from tests.photos.render.test_drawing import grainy


@pytest.mark.parametrize(
    ("picture", "format_in", "expected"),
    [
        (made.scene(), "jpeg", "jpeg"),
        (grainy(), "png", "jpeg"),
        (made.scene(), "png", "png"),
        (made.scene(), "heif", "jpeg"),
        (made.see_through(), "png", "png"),
        (made.see_through(), "webp", "webp"),
        (made.see_through(), "avif", "webp"),
        (Image.new("RGBA", (17_000, 2)), "webp", "png"),
        (Image.new("RGB", (70_000, 2)), "jpeg", "png"),
        (Image.new("RGB", (20, 20), "red"), "png", "png"),
        (Image.new("RGB", (20, 20), "red"), "jpeg", "jpeg"),
    ],
)
def test_chooses_what_suits_the_picture(picture: Image.Image, format_in: str, expected: str) -> None:
    assert best_coding(picture, format_in, lossless=format_in == "png").format == expected


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "gif"])
def test_writes_what_can_be_proven(name: str) -> None:
    assert verify(encode(made.scene(), name, 85)) == []


@pytest.mark.parametrize("name", ["png", "webp", "gif"])
@pytest.mark.parametrize("loop", [None, 0, 3])
def test_writes_animations_that_can_be_proven(name: str, loop: int | None) -> None:
    written = encode_frames(made.frames(3), name, Timing([80, 120, 200], loop), 85)
    assert verify(written) == []
    again = made.opened(written)
    assert again.n_frames == 3  # type: ignore[attr-defined]
    durations = []
    for index in range(3):
        again.seek(index)
        again.load()
        durations.append(again.info["duration"])
    assert durations == [80, 120, 200]
