import pytest
from PIL import Image, ImageChops, ImageStat

from intake.photos import render as module
from intake.photos.pictures import choose
from intake.photos.refusal import PhotoRefused
from intake.photos.render import render
from intake.photos.verify import verify
from tests.photos import made


@pytest.fixture(autouse=True)
def _prepared() -> None:
    module.prepare()


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


STILLS = {
    "JPEG": made.encoded(made.scene(), "JPEG", quality=95),
    "JPEG progressive": made.encoded(made.scene(), "JPEG", quality=95, progressive=True),
    "JPEG grey": made.encoded(made.scene(mode="L"), "JPEG", quality=95),
    "JPEG CMYK": made.encoded(made.scene(mode="CMYK"), "JPEG", quality=95),
    "PNG": made.encoded(made.scene(), "PNG"),
    "PNG palette": made.encoded(made.scene(mode="P"), "PNG"),
    "WEBP": made.encoded(made.scene(), "WEBP", quality=95),
    "GIF": made.encoded(made.scene(), "GIF"),
    "TIFF": made.encoded(made.scene(), "TIFF"),
    "TIFF LZW": made.encoded(made.scene(), "TIFF", compression="tiff_lzw"),
    "TIFF CMYK": made.encoded(made.scene(mode="CMYK"), "TIFF"),
    "AVIF": made.encoded(made.scene(), "AVIF", quality=95),
}


@pytest.mark.parametrize("name", STILLS)
def test_stills_keep_their_look(name: str) -> None:
    rendered = render(choose(STILLS[name], name.split()[0].lower()))
    full = made.opened(rendered.full)
    expected = made.scene(mode={"JPEG grey": "L", "PNG palette": "P"}.get(name, "RGB"))
    assert (rendered.width, rendered.height, rendered.frames) == (320, 240, 1)
    assert difference(full, expected) < 6
    assert [verify(copy) for copy in (rendered.full, rendered.web, rendered.thumb)] == [[], [], []]


def test_heic_is_turned_once() -> None:
    stored = made.turned_for(6, made.scene())
    try:
        data = made.encoded(stored, "HEIF", quality=95, exif=made.exif_block("SECRET", 6))
    except (RuntimeError, OSError):
        pytest.skip("THIS LIBHEIF CANNOT ENCODE HEIC: its decoding was not tested")
    rendered = render(choose(data, "heif"))
    assert (rendered.width, rendered.height) == (320, 240)
    assert difference(made.opened(rendered.full), made.scene()) < 6
    assert b"SECRET" not in rendered.full + rendered.web + rendered.thumb


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_orientation_comes_out_upright(name: str, orientation: int) -> None:
    stored = made.turned_for(orientation, made.scene())
    how = {"tiffinfo": {274: orientation}} if name == "TIFF" else {"exif": made.exif_block("x", orientation)}
    rendered = render(choose(made.encoded(stored, name, **how), name.lower()))
    for copy in (rendered.full, rendered.web, rendered.thumb):
        assert difference(made.opened(copy).resize((320, 240)), made.scene()) < 8


def test_the_copies_have_their_sizes() -> None:
    rendered = render(choose(made.encoded(made.scene(2000, 1500), "JPEG"), "jpeg"))
    sizes = [made.opened(copy).size for copy in (rendered.full, rendered.web, rendered.thumb)]
    assert sizes == [(2000, 1500), (1600, 1200), (320, 240)]


def test_alpha_is_kept() -> None:
    rendered = render(choose(made.encoded(made.see_through(), "PNG"), "png"))
    assert rendered.format == "png"
    full = made.opened(rendered.full)
    assert full.getchannel("A").tobytes() == made.see_through().getchannel("A").tobytes()


@pytest.mark.parametrize(("name", "format_in"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")])
def test_animations_stay_animations(name: str, format_in: str) -> None:
    rendered = render(choose(made.animated(name, "SECRET"), format_in))
    assert (rendered.format, rendered.frames) == (format_in, 4)
    full = made.opened(rendered.full)
    assert full.n_frames == 4  # type: ignore[attr-defined]
    for index, drawn in enumerate(made.frames()):
        full.seek(index)
        assert difference(full, drawn) < 3
    assert b"SECRET" not in rendered.full
    assert getattr(made.opened(rendered.thumb), "n_frames", 1) == 1


def test_a_transparent_gif_stays_so_through_all_frames() -> None:
    frames = []
    for index in range(3):
        frame = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
        frame.paste(Image.new("RGBA", (10, 10), "#d02020"), (index * 20, 10))
        frames.append(frame)
    data = made.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], disposal=2, duration=100)
    full = made.opened(render(choose(data, "gif")).full)
    for index in range(3):
        full.seek(index)
        seen = full.convert("RGBA")
        clear = [seen.getpixel((x * 20 + 5, 15))[3] == 0 for x in range(3)]  # type: ignore[index]
        assert clear == [x != index for x in range(3)]


def test_wide_colours_arrive_in_every_copy() -> None:
    wide = made.encoded(made.scene(), "JPEG", quality=95, icc_profile=made.rgb_profile("p3"))
    rendered = render(choose(wide, "jpeg"))
    assert difference(made.opened(rendered.full), made.scene()) > 3
    assert difference(made.opened(rendered.web), made.opened(rendered.full)) < 2


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_half_a_picture_is_none(cut: float) -> None:
    data = STILLS["JPEG"]
    with pytest.raises(PhotoRefused, match="damaged"):
        render(choose(data[: int(len(data) * cut)], "jpeg"))
