import pytest
from PIL import Image

from intake.photos.render.animation import read_frames
from tests.photos import made


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_reads_frames_as_they_are_seen(name: str) -> None:
    data = made.animated(name)
    frames, timing = read_frames(made.opened(data), data, 4, name.lower())
    assert timing.durations == [120] * 4
    assert timing.loop == 3
    for frame, drawn in zip(frames, made.frames(), strict=True):
        assert frame.mode == "RGB"
        seen = frame.getpixel((drawn.width // 2, 5))
        assert max(abs(a - b) for a, b in zip(seen, (32, 64, 96), strict=True)) <= 4  # type: ignore[arg-type]


def test_a_still_that_stands_in_for_an_animation_is_no_frame() -> None:
    first, *rest = made.frames(3)
    data = made.encoded(first, "PNG", save_all=True, append_images=rest, default_image=True, duration=100)
    frames, timing = read_frames(made.opened(data), data, 3, "png")
    assert len(frames) == len(timing.durations) == 2


def test_one_transparent_frame_makes_all_so() -> None:
    clear = Image.new("RGBA", (32, 32), (255, 0, 0, 0))
    solid = Image.new("RGBA", (32, 32), (255, 0, 0, 255))
    data = made.encoded(solid, "WEBP", save_all=True, append_images=[clear], lossless=True, duration=50)
    frames, _ = read_frames(made.opened(data), data, 2, "webp")
    assert {frame.mode for frame in frames} == {"RGBA"}
