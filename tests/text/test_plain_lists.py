import pytest

from intake.text import clean_body
from intake.text.plain import MAX_LINES, lists, paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        (
            "They took:\n- a\n- <b>\nand left.",
            "<p>They took:</p><ul><li>a</li><li>&lt;b&gt;</li></ul><p>and left.</p>",
        ),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("-a\n-\n- \n1.a\n1990. a\n—", "<p>-a<br>-<br>-<br>1.a<br>1990. a<br>—</p>"),
        ("- -\n\xa0- x\n\xa0\n- y", "<ul><li>-</li></ul><p>- x</p><ul><li>y</li></ul>"),
        ("1. یکم\n2. دوم", "<ol><li>یکم</li><li>دوم</li></ol>"),
        ("", ""),
    ],
)
def test_lists(text: str, html: str) -> None:
    assert lists(text) == html
    assert clean_body(html, format="html").html == html


def test_plain_text_is_left_as_it_is_unless_its_author_asked() -> None:
    assert clean_body("- a\n- b", format="plain").html == "<p>- a<br>- b</p>"
    light = clean_body("- a\n- b", format="light")
    assert (light.html, light.text) == ("<ul><li>a</li><li>b</li></ul>", "- a\n- b")


def test_very_many_lines_are_no_list() -> None:
    text = "\n".join(["- a"] * (MAX_LINES + 2))
    assert lists(text) == paragraphs(text)
