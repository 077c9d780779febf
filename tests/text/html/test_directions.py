import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("<p dir=rtl>BBC ب</p><p dir=RTL>ب</p>", '<p dir="rtl">BBC ب</p><p>ب</p>'),
        ("<p dir=ltr>a</p><p dir=ltr>ب a</p>", '<p>a</p><p dir="ltr">ب a</p>'),
        (
            "<div dir=rtl><h2>A</h2><p>123</p></div><p>b</p>",
            '<h2 dir="rtl">A</h2><p dir="rtl">123</p><p>b</p>',
        ),
        ('<p style="direction:rtl">a</p>', '<p dir="rtl">a</p>'),
        ("<p>a <span dir=rtl>b</span></p>", "<p>a b</p>"),
        ("<html dir=rtl><p>a</p>", '<p dir="rtl">a</p>'),
        ("<ul dir=rtl><li>A</li><li>ب</li></ul>", '<ul dir="rtl"><li dir="rtl">A</li><li>ب</li></ul>'),
        ("<ul dir=rtl><li dir=ltr>a</li></ul>", '<ul dir="rtl"><li dir="ltr">a</li></ul>'),
        (
            "<blockquote dir=rtl><p dir=auto>a</p></blockquote>",
            '<blockquote dir="rtl"><p dir="ltr">a</p></blockquote>',
        ),
        (
            "<li><p dir=rtl>A</p><ul><li>b</li></ul></li>",
            '<ul><li dir="rtl">A<ul dir="rtl"><li dir="rtl">b</li></ul></li></ul>',
        ),
        (
            "<table dir=rtl><tr><td>1<td>ب</table>",
            '<table><tbody><tr><td dir="rtl">1</td><td>ب</td></tr></tbody></table>',
        ),
    ],
)
def test_a_direction_is_kept_where_it_changes_what_is_seen(raw: str, html: str) -> None:
    assert clean(raw).html == html
    assert clean(html).html == html


TAGS = st.sampled_from(["p", "div", "ul", "ol", "li", "blockquote", "table", "tr", "td", "h2", "pre"])
OPENING = st.builds("<{}{}>".format, TAGS, st.sampled_from(["", " dir=rtl", " dir=ltr", " dir=auto"]))


@given(
    st.lists(
        st.one_of(OPENING, OPENING, TAGS.map("</{}>".format), st.sampled_from(["a", "ب", "1"])), max_size=25
    )
)
def test_directions_are_settled(parts: list[str]) -> None:
    html = clean("".join(parts)).html
    assert clean(html).html == html
