import pytest

from intake.demo.pictures import SCENES, draw
from intake.photos import PhotoRefused, clean_photo
from intake.photos.inspect import inspect, tally
from tests.photos.made import opened

HERE = (43.238, 76.945)


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != "damaged"])
def test_a_scene_is_a_photo_with_a_position(scene: str) -> None:
    data = draw(scene, "kk 0", HERE)
    assert opened(data).size == (1600, 1067)
    assert tally(inspect(data, "jpeg"))["position"]


def test_cleaning_takes_away_all_that_the_telephone_wrote() -> None:
    clean = clean_photo(draw("notice", "kk 0", HERE))
    assert {"position", "camera", "caption"} <= set(clean.removed)
    assert not list(inspect(clean.full, clean.format))


def test_the_damaged_one_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="damaged"):
        clean_photo(draw("damaged", "fa 1", HERE))


def test_pictures_differ_by_seed() -> None:
    one, same, other = (
        opened(draw("crowd", seed, HERE)).crop((0, 700, 400, 1067)) for seed in ("a", "a", "b")
    )
    # Grain is random, so pixels are compared coarsely.
    assert one.resize((8, 8)).tobytes() != other.resize((8, 8)).tobytes()
    near = zip(one.resize((8, 8)).tobytes(), same.resize((8, 8)).tobytes(), strict=True)
    assert max(abs(x - y) for x, y in near) < 8
