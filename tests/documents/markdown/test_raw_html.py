from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.documents.markdown import raw_html


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<b>a</b>", "<b>a</b>"),
        ("<a href=x hidden title='y'>a</a>", "<a href=x hidden title='y'>a</a>"),
        ("<br/>", "<br/>"),
        ("<b and c>", "&lt;b and c>"),
        ("<foo>a</foo>", "&lt;foo>a&lt;/foo>"),
        ("a < b <", "a &lt; b &lt;"),
        ("a<!-- b -->c", "ac"),
        ("a<!-- b", "a&lt;!-- b"),
        ("a<script x='y'>b</SCRIPT>c", "ac"),
        ("a<script>b", "a&lt;script>b"),
        ("a<img src=b>c", "a c"),
        ("<textarea>a", "&lt;textarea>a"),
    ],
)
def test_known_tags_stay_and_others_are_text(html: str, found: str) -> None:
    assert raw_html.clean(html, Counter()) == found


@given(st.text("<>!-/ab= 'script\"", max_size=60))
def test_any_text_is_cleaned(html: str) -> None:
    raw_html.clean(html, Counter())


def test_places_of_letters_stay() -> None:
    assert raw_html.lower("İABẞ") == "İabẞ"
