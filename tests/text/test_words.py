import pytest

from intake.text.words import size, visible


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two — three's, four-fold", 4),
        ("我们 在这里。", 5),
        ("東京タワー", 5),
        ("สวัสดีชาวโลก", 3),
        ("བོད་སྐད་ཡིན།", 3),
        ("ሰላም፡ለዓለም", 2),
        ("هذا نص", 2),
        ("हिन्दी में", 2),
        ("iPhone手机", 3),
    ],
)
def test_count(text: str, words: int) -> None:
    assert size(text).words == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("one two\n", 6),
        ("naïve", 5),
        ("我们 在这里。", 6),
        ("สวัสดี", 4),
        ("हिन्दी", 3),
        ("می‌خواهم", 7),
        ("👩‍👩‍👧‍👦👍🏽❤️‍🔥", 3),
        ("🇺🇦🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
    ],
)
def test_characters(text: str, number: int) -> None:
    assert size(text).characters == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("word", 1), ("word " * 184 * 5, 5), ("字" * 255 * 5, 5), ("字" * 255 + " word" * 184, 2)],
)
def test_minutes(text: str, number: int) -> None:
    assert size(text).minutes == number


def test_the_indents_of_verse_are_visible() -> None:
    assert visible('<pre dir="rtl">  a\n    b\n\n  c</pre><p>d</p>') == "  a\n    b\n\n  c\n\nd"
    assert visible('<ol start="0" type="a"><li dir="rtl" value="7">a</li></ol>') == "a"


def test_visible() -> None:
    html = "<h2>A</h2><p>b\nc<br>d &lt;</p><ul><li>e<ul><li>f</li></ul></li></ul><table><tbody><tr><td>g</td><td>h</td></tr></tbody></table>"
    assert visible(html).split("\n") == ["A", "", "b c", "d <", "", "e", "", "f", "", "g\th"]
