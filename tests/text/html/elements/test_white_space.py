import pytest

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ('<span style="white-space:pre-wrap">a\n  b\n\nc</span>', "<p>a<br>\xa0\xa0b<br><br>c</p>"),
        ('<div style="white-space:pre-wrap"><p>a\nb</p>\n<p>c</p></div>', "<p>a<br>b</p><p>c</p>"),
        ('<div style="white-space:pre-line">a\n b</div>', "<p>a<br>b</p>"),
        (
            '<div style="white-space:pre-wrap"><span style="white-space:normal">a\nb</span></div>',
            "<p>a\nb</p>",
        ),
        (
            '<span style="white-space:pre-wrap">a</span><br><span style="white-space:pre-wrap">\tb</span>',
            "<p>a<br>\xa0\xa0\xa0\xa0b</p>",
        ),
        (
            '<div style="white-space:pre"><div><span>a</span></div><br><div>  <b>b</b></div></div><p>c</p>',
            "<pre>a\n\n  <strong>b</strong></pre><p>c</p>",
        ),
        ("<p>&nbsp;&nbsp;a<br>&nbsp;b</p><p>&nbsp;c</p>", "<p>\xa0\xa0a<br>\xa0b</p><p>c</p>"),
        ('<p>a<span style="white-space:pre">\t</span>b</p>', "<p>a\tb</p>"),
    ],
)
def test_lines_and_indents_are_kept(raw: str, html: str) -> None:
    assert clean(raw).html == html
    assert clean(html).html == html
