import pytest

from intake.text.html import guard


@pytest.mark.parametrize(
    "raw",
    [
        "<ul><li>" * 101,
        "<b>" * 101,
        "<p>x</p>" * 10_001,
        "<b>x</b>" * 30_001,
        f"<p {'x=1 ' * 3000}>",
        f"<p title='>' {'x=1 ' * 3000}>",
        f"""<p a==" <p x=">" {"x=1 " * 3000}>""",
        "x" * 1_000_001,
    ],
    ids=["nested", "unclosed", "blocks", "tags", "long tag", "tag with a bracket", "odd quotes", "long"],
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
        f"<p title='{'x' * 9000}'>",
        "&#1072;" * 40_000,
        "<b>x</b>" * 20_000,
    ],
)
def test_admits_what_people_write(raw: str) -> None:
    assert guard.may_be_parsed(raw)


@pytest.mark.parametrize("html", ["<b>x</b>" * 10_001, "&lt;" * 30_001, "<ul><li>" * 101])
def test_bleach_takes_longer(html: str) -> None:
    assert not guard.may_be_bleached(html)
    assert guard.may_be_bleached(html[:4000].rpartition("<ul>")[0])


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
