import pytest

from intake.text.html import guard


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
    assert not guard.may_be_parsed(raw)


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
    assert guard.may_be_parsed(raw)


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ('a<img src="data:x y">b<IMG SRC=data:z alt=1>c', 'a<img src="">b<IMG SRC="" alt=1>c'),
        ("<img alt='a' src = 'data:\nx'>", """<img alt='a' src = "">"""),
        ('<img src="https://e.org/data:x">', '<img src="https://e.org/data:x">'),
        ("<imgs src=data:x>", "<imgs src=data:x>"),
        ('<img src="data:<b>', '<img src="data:<b>'),
    ],
)
def test_the_payload_of_images_is_dropped(raw: str, left: str) -> None:
    assert guard.without_payloads(raw) == left
