import pytest

from intake.demo.pictures import SCENES
from intake.demo.pictures.canvas import SIZE
from intake.demo.pictures.scenes import LAYERS, paint


def test_every_scene_has_its_layers() -> None:
    assert set(LAYERS) == set(SCENES) - {"damaged"}


@pytest.mark.parametrize("scene", ["steppe", "crowd"])
def test_a_scene_fills_the_picture_and_has_the_colours_of_a_photo(scene: str) -> None:
    picture = paint(scene, "seed")
    assert picture.size == SIZE
    colours = picture.getcolors(SIZE[0] * SIZE[1])
    assert colours is not None
    assert len(colours) > 1000
    assert max(count for count, _ in colours) < SIZE[0] * SIZE[1] // 20
