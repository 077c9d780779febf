from PIL import Image

from intake.photos.render.normalization import strip_hidden_colours, strip_metadata
from tests.photos import made


def test_keeps_pixels_and_nothing_else() -> None:
    opened = made.opened(made.jpeg_with_gps(64, 48, "SECRET"))
    plain = strip_metadata(opened)
    assert type(plain) is Image.Image
    assert plain.info == {}
    assert plain.tobytes() == opened.tobytes()


def test_a_tiff_does_not_take_its_tags_along() -> None:
    tagged = made.encoded(made.scene(64, 48), "TIFF", tiffinfo={270: "SECRET", 315: "SECRET"})
    assert b"SECRET" in tagged
    assert b"SECRET" not in made.encoded(strip_metadata(made.opened(tagged)), "TIFF")


def test_what_full_transparency_hides_is_gone() -> None:
    """Cropping programs leave the colours under what they made clear."""
    seen = strip_hidden_colours(made.see_through())
    assert seen.getpixel((300, 100)) == (0, 0, 0, 0)
    assert seen.getpixel((10, 10)) == made.see_through().getpixel((10, 10))


def test_an_alpha_channel_that_hides_nothing_is_dropped() -> None:
    assert strip_hidden_colours(made.scene().convert("RGBA")).mode == "RGB"
    assert strip_hidden_colours(made.scene().convert("LA")).mode == "L"
