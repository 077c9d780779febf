import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from intake.text.html.unparsed import outline


def written(source: str) -> str:
    tree = outline.build(source, lambda name, _: name == "removed")
    return "".join([tree.text or "", *(etree.tostring(child, encoding="unicode") for child in tree)])


def depth(source: str) -> int:
    tree = outline.build(source, lambda name, _: name == "removed")
    return max(sum(1 for _ in element.iterancestors()) for element in tree.iter())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c<i>d</b>e</i>f", "a<b>c<i>d</i></b>ef"),
        ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<dl><dt>a<dd>b<dt>c", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
        ("<table><tr><td>a<td>b<tr><td>c", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<b><div>a</b>c</div>d</b>e", "<b><div>ac</div>d</b>e"),
        ("<p><b>a</p>b", "<p><b>a</b></p>b"),
        ("<br>a</br><img src=x>", '<br/>a<img src="x"/>'),
        ("<o:p w:author=x>a</o:p>", '<o:p w:author="x">a</o:p>'),
        ('<p d="e\x01">a', "<p>a</p>"),
    ],
)
def test_elements_end_like_in_a_browser(source: str, expected: str) -> None:
    assert written(source) == expected


def test_bare_elements_between_the_outer_and_the_inner_ones_are_left_out() -> None:
    source = "<div>" * 3_000 + "a<p><a href=x>b</a></p>" + "</div>" * 3_000
    assert depth(source) < 110
    assert written(source).count("<p><a href=\"x\">b</a></p>") == 1  # fmt: skip


def test_elements_that_are_removed_stay_at_any_depth() -> None:
    source = "<div title=x>" * 3_000 + "a<removed>b<removed>c</removed></removed><removed>d</removed>"
    assert written(source).count("<removed>") == 2
    assert depth(source) < 210


def test_no_more_attributes_than_programs_write() -> None:
    assert len(outline.element("p", " ".join(f"a{number}=x" for number in range(9_000))).attrib) == 100


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<td>", "</div>", "<div>", "a", "<br>"])))  # fmt: skip
def test_no_word_is_lost(parts: list[str]) -> None:
    assert "".join(outline.build("".join(parts), lambda *_: False).itertext()) == "a" * parts.count("a")
