from intake.demo.pictures import people
from intake.demo.pictures.canvas import WIDTH
from tests.demo.pictures.layers import touched


def test_a_figure_stands_where_it_is_put_as_tall_as_it_is_said() -> None:
    left, top, right, bottom = touched(lambda canvas: people.figure(canvas, 800, 900, 210))
    assert (top, bottom) == (690, 901)
    assert left < 800 < right
    assert right - left < 100


def test_a_crowd_fills_the_width() -> None:
    left, _, right, _ = touched(people.crowd)
    assert (left, right) == (0, WIDTH)


def test_a_queue_and_passers_by_are_seen_from_head_to_foot() -> None:
    for layer in (people.waiting, people.passers_by):
        _, top, _, bottom = touched(layer)
        assert top > 500
        assert bottom < 1067
