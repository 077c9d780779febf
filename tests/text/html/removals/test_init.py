from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.text.html import removals
from intake.text.html.cleaning import clean
from intake.text.html.reader import parse
from tests.text.fragments import ATTRIBUTES, ELEMENTS, ODDITIES

STYLES = [
    "display:none", "color:#fff", "color:transparent", "background:#000", "font-size:0", "font-size:2em", "font:0/0 a",
    "visibility:visible", "visibility:hidden", "position:absolute;left:-9999px", "opacity:.0", "mso-element:comment",
    "mso-element:header", "mso-element:field-begin", "mso-element:field-separator", "mso-element:field-end", "clip:rect(0 0 0 0)",
    "transform:scale(0)", "mso-comment-reference:A_1", "text-decoration:underline", "display:", ":;", "(((", "color:rgb(1e999,0,0)",
]  # fmt: skip
SIGNS = [
    " datetime=1", " class=msoDel", " class=MsoHeader", ' href="#cmnt_ref1"', ' href="#_msocom_1"', " bgcolor=black", " color=white",
    ' name="deletion:1"', ' data-suggestion-start-before="deletion:2"', ' data-suggestion-end-after="deletion:2"', " popover",
]  # fmt: skip
SHEETS = [
    "p{display:none}", ".c,#i{color:#fff}", "p b{opacity:0}", "p + p{font-size:0}", "a:not(.b) > i{visibility:hidden}", "@media print{p{",
    "{}", "p:nth-child(2){display:none}", "<!-- b{display:none} -->", "*{color:red}", "\\", "/*", "}", "(", "p{color:rgb(", "[",
]  # fmt: skip
TAGS = st.sampled_from(
    [*ELEMENTS, "del", "ins", "font", "suggestion-start", "suggestion-end", "p", "b", "i", "span", "div"]
)
ELEMENT = st.builds(
    "<{}{}{} style='{}'>".format,
    TAGS,
    st.sampled_from(["", "", *SIGNS, *ATTRIBUTES]),
    st.sampled_from(["", " class=c", " id=i", " hidden"]),
    st.sampled_from(["", *STYLES]),
)
SHEET = st.lists(st.sampled_from(SHEETS), max_size=5).map(lambda rules: f"<style>{''.join(rules)}</style>")
PIECE = (
    ELEMENT
    | ELEMENT
    | TAGS.map("</{}>".format)
    | SHEET
    | st.sampled_from([*ODDITIES, "a", "b ", "PAGE ", "word"])
)
HTML = st.lists(PIECE, max_size=25).map("".join)


@given(HTML)
@settings(max_examples=400, derandomize=True, deadline=None)
def test_any_html_is_cleaned_and_settled(raw: str) -> None:
    html = clean(raw).html
    assert clean(html).html == html


@given(HTML)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_nothing_is_added_and_a_second_run_finds_no_more_words(raw: str) -> None:
    tree = parse(raw)
    if tree is None:
        return
    before = "".join(tree.itertext()).split()
    removals.remove(tree, Counter())
    after = "".join("".join(tree.itertext()).split())
    rest = iter("".join(before))
    assert all(char in rest for char in after)


def test_an_empty_tree_has_nothing_to_remove() -> None:
    removed: Counter[str] = Counter()
    removals.remove(None, removed)
    assert removed == {}


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<p>a <b>b</b></p>",
        '<p><a href="https://e.example/">a</a></p>',
        '<ol start="2"><li id="note-1">a</li></ol>',
        '<p>On 2 January 2026 at 10:00 she said:</p><blockquote>No. <a href="https://e.example/">a</a></blockquote>',
    ],
)
def test_plain_html_is_left_alone(raw: str) -> None:
    removed: Counter[str] = Counter()
    tree = parse(raw)
    before = None if tree is None else list(tree.iter())
    removals.remove(tree, removed)
    assert removed == {}
    assert before == (None if tree is None else list(tree.iter()))


def test_counts_by_kind() -> None:
    raw = (
        "<p>a<sup><a href='#cmnt1' id=cmnt_ref1>[a]</a></sup><del datetime=1>b</del><i hidden>c</i></p>"
        "<div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a>d</p></div><div style='mso-element:header'>e</div>"
        "<span style='mso-element:field-begin'></span> PAGE <span style='mso-element:field-separator'></span>f"
        "<span style='mso-element:field-end'></span><o:Author>g</o:Author>"
    )
    cleaned = clean(raw)
    assert cleaned.html == "<p>a</p><p>f</p>"
    assert cleaned.removed == {
        "comment": 1, "deletion": 1, "hidden": 1, "header-footer": 1, "field-code": 1, "properties": 1,
    }  # fmt: skip
