import pytest

from intake.text import guard


@pytest.mark.parametrize(
    "raw",
    [
        "<ul><li>" * 101,
        "<b>" * 101,
        "<b>x</b>" * 10_001,
        f"<p title='{'x' * 9000}'>",
        "&" * 10_001,
        "x" * 1_000_001,
    ],
    ids=["nested", "unclosed", "tags", "long tag", "escapes", "long"],
)
def test_refuses_what_takes_long(raw: str) -> None:
    assert not guard.admits(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<",
        "a < b",
        "<p>x" * 5000,
        "<li>x" * 5000,
        "<tr><td>x" * 5000,
        "<div>" * 100,
        "<!--" + "<b>" * 200 + "-->",
    ],
)
def test_admits_what_people_write(raw: str) -> None:
    assert guard.admits(raw)


def test_images_are_dropped_and_counted() -> None:
    assert guard.without_images('a<img src="data:x">b<IMG>c<imgx>') == ("abc<imgx>", 2)


@pytest.mark.parametrize(
    ("raw", "left", "images"),
    [
        ('a<img alt="x > y">b', "ab", 1),
        ("<IMG src='>'><img>", "", 2),
        ('<img a=">', '<img a=">', 0),
        ("<img <b>c</b>", "<img <b>c</b>", 0),
        ("<imgs>", "<imgs>", 0),
    ],
)
def test_images_are_dropped_whole(raw: str, left: str, images: int) -> None:
    assert guard.without_images(raw) == (left, images)
