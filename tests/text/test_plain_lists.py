import pytest

from intake.text import clean_body
from intake.text.plain import MAX_LINES, paragraphs
from intake.text.plain_lists import MAX_LEVEL, lists


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
        ("- a\n  - b\n    1. c\n- d", "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>"),
        ("- a\n* b\n• c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("* a remark", "<p>* a remark</p>"),
        ("- a\n\n* * *\n\n- b", "<ul><li>a</li></ul><p>* * *</p><ul><li>b</li></ul>"),
        ("0. a\n1. b\n5. c", '<ol start="0"><li>a</li><li>b</li><li value="5">c</li></ol>'),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("– Oui.\n１．全角\n一、漢", "<p>– Oui.<br>１．全角<br>一、漢</p>"),
        ("a\n  b\n\n- c", "<pre>a\n  b</pre><ul><li>c</li></ul>"),
    ],
)
def test_lists(text: str, html: str) -> None:
    assert lists(text) == html
    assert clean_body(html, format="html").html == html


def test_plain_text_is_left_as_it_is_unless_its_author_asked() -> None:
    assert clean_body("- a\n- b", format="plain").html == "<p>- a<br>- b</p>"
    light = clean_body("- a\n- b", format="light")
    assert (light.html, light.text) == ("<ul><li>a</li><li>b</li></ul>", "- a\n- b")


def test_lists_are_nested_no_deeper_than_a_reader_can_see() -> None:
    html = lists("\n".join(" " * level + "- a" for level in range(300)))
    assert html.count("<li>") == 300
    assert html.count("<ul>") == MAX_LEVEL


def test_very_many_lines_are_no_list() -> None:
    text = "\n".join(["- a"] * (MAX_LINES + 2))
    assert lists(text) == paragraphs(text)
