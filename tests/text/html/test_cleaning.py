import pytest

from intake.text.html import cleaning
from intake.text.words import visible

CASES = {
    "unknown elements unwrapped": ("<custom>a</custom><font>b</font>", "<p>ab</p>"),
    "div to paragraph": ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
    "no empty blocks": ("<p></p><p>&nbsp;</p><ul><li></li></ul><blockquote></blockquote>x", "<p>x</p>"),
    "script and style go": ("<style>p{}</style><script>x</script>a<title>t</title>", "<p>a</p>"),
    "handlers go": ('<p onclick="x()" style="color:red" class=c id=i>a</p>', "<p>a</p>"),
    "space before a tag in preformatted text": ("<pre> <code>a</code></pre>", "<pre> <code>a</code></pre>"),
    "an image with a broken attribute": ("<image \x11>a", "<p>a</p>"),
    "words behind an image": ("a<image>b<p>c", "<p>a b</p><p>c</p>"),
    "images go": ('a<img src="https://t.example/pixel.gif">b', "<p>a b</p>"),
    "hidden text goes": ('a<span style="display:none">b</span><p hidden>c</p>', "<p>a</p>"),
    "headings": ("<h1>a</h1><h3>b</h3><h6>c</h6>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
    "emphasis": ("<b>a</b><i>b</i><strike>c</strike>", "<p><strong>a</strong><em>b</em><s>c</s></p>"),
    "emphasis by style": ('<span style="font-weight:700">a</span>', "<p><strong>a</strong></p>"),
    "wrapper of Google Docs": ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
    "mis-nested emphasis": ("<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong>c</p>"),
    "a list in a list": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    "an item alone": ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
    "start of a list": ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
    "table": (
        "<table><tr><th>a<td colspan=2 onclick=x>b</table>",
        '<table><tbody><tr><th>a</th><td colspan="2">b</td></tr></tbody></table>',
    ),
    "cell without table": ("<td>a</td>", "<p>a</p>"),
    "link": ('<a href="https://e.example/" target=_blank>a</a>', '<p><a href="https://e.example/">a</a></p>'),
    "link refused": ('<a href="javascript:x">a</a>', "<p>a</p>"),
    "break": ("a<br>b<br>", "<p>a<br>b</p>"),
    "preformatted": ("<pre>\n a\n  b\n</pre>", "<pre> a\n  b</pre>"),
    "indent before emphasis": ("<pre>\n\n  <b>a</b>\nb</pre>", "<pre>  <strong>a</strong>\nb</pre>"),
    "controls that part `<` from a letter": ("a<\x12b>c&#\x11 38;d", "<p>a&lt;b&gt;c&amp;# 38;d</p>"),
    "controls in markup": ("<p \x11=1><image \x01 \ufffe=2>a\x12&#17;b</p>", "<p>ab</p>"),
    "entities once": ("&amp;lt;b&amp;gt; &lt;i&gt; &nbsp;&copy;", "<p>&amp;lt;b&amp;gt; &lt;i&gt; ©</p>"),
    "template braces stay text": ("{{7*7}}", "<p>{{7*7}}</p>"),
    "invisible across tags": (
        "<b>می</b>&zwnj;<i>خ</i> a&zwnj;b",
        "<p><strong>می</strong>\u200c<em>خ</em> ab</p>",
    ),
    "drawing ended by a paragraph": ("<svg><p>a</svg>b", "<p>a</p><p>b</p>"),
    "comment": ("a<!-- b --><!--[if x]>c<![endif]-->d", "<p>ad</p>"),
}


@pytest.mark.parametrize(("raw", "expected"), CASES.values(), ids=CASES)
def test_cleaned(raw: str, expected: str) -> None:
    cleaned = cleaning.clean(raw)
    assert cleaned.html == expected
    assert not cleaned.fallback


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a<em style='white-space:pre-wrap'>\n&", "<p>a<br><em>&amp;</em></p>"),
        ("a<b>\u206b<c><br>/", "<p>a<br><strong>/</strong></p>"),
        ("<b>a<br>b<br></b>c", "<p><strong>a<br>b</strong><br>c</p>"),
    ],
)
def test_line_breaks_at_the_edge_of_formatting_are_settled(raw: str, expected: str) -> None:
    assert cleaning.clean(raw).html == expected
    assert cleaning.clean(expected).html == expected


def test_a_note_that_is_not_read_has_no_mark() -> None:
    raw = '<a id=v href="#w">2</a><select><option><p id=w><a href="#v">b</a></p></select>'
    assert "#note" not in cleaning.clean(raw).html


def test_says_what_was_removed() -> None:
    raw = '<script>x</script><img><iframe></iframe><a href="data:1">a</a><input><svg/>\u200b<b hidden>c</b>\ud800'
    assert cleaning.clean(raw).removed == {
        "script": 1, "image": 1, "embed": 1, "link": 1, "form": 1, "drawing": 1, "zero-width": 1, "hidden": 1, "invalid": 1,
    }  # fmt: skip


def test_what_the_guard_refuses_is_kept_as_text() -> None:
    raw = "<ul><li>" * 200 + "word"
    cleaned = cleaning.clean(raw)
    assert cleaned.fallback
    assert visible(cleaned.html).startswith("<ul><li><ul><li>")
    assert "word" in visible(cleaned.html)
    assert cleaning.clean(cleaned.html).html == cleaned.html


def test_text_whose_markup_is_escaped_already_keeps_it() -> None:
    typed = "<p>&lt;i hidden&gt;a&lt;/i&gt; &lt;!-- b --&gt;</p>"
    assert cleaning.as_text(typed).html == typed


@pytest.mark.parametrize(("levels", "expected"), [(3, "<p>a</p>"), (9, "<p>&lt; &lt; &lt;")])
def test_markup_that_forms_anew_each_time_becomes_none(levels: int, expected: str) -> None:
    comment = "<!---->"
    for _ in range(levels):
        comment = f"<{comment}!---->"
    cleaned = cleaning.as_text(f"{comment}a").html
    assert cleaned.startswith(expected)
    assert cleaning.as_text(cleaned).html == cleaned


def test_elements_that_no_limit_counts_may_be_deep() -> None:
    cleaned = cleaning.clean("<rt>a<i>b</i>" * 3_000 + "c<rt hidden>Daulet")
    assert "c" in visible(cleaned.html)
    assert "Daulet" not in cleaned.html


def test_what_does_not_hold_is_kept_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_bleach", lambda written, **_: written + "<img>")
    assert cleaning.clean("<b>word</b>").html == "<p>&lt;b&gt;word&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a</body></html>b", "<p>ab</p>"),
        ("</html>a", "<p>a</p>"),
        ("<xmp>a", "<pre>a</pre>"),
        ("a<plaintext>b", "<p>a</p><pre>b</pre>"),
        ("a<!-- b", "<p>a</p>"),
    ],
)
def test_the_end_of_a_document_neither_ends_the_text_nor_is_seen(raw: str, kept: str) -> None:
    assert cleaning.clean(raw).html == kept


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ('a<img alt="x > y">b', "<p>a b</p>"),
        ("<img alt=don't src=x>He said 'yes' > no", "<p>He said 'yes' &gt; no</p>"),
        ("a<!--<img a-->x", "<p>ax</p>"),
        (f'a<img src="data:image/png;base64,{"A" * 20_000}">b', "<p>a b</p>"),
    ],
)
def test_an_image_takes_nothing_with_it(raw: str, kept: str) -> None:
    assert cleaning.clean(raw).html == kept
