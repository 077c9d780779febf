import pytest

from intake.text.markdown import to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>A</h2><p>b <strong>c</strong> <em>d</em></p>", "## A\n\nb **c** *d*\n"),
        ("<p>a<br>b</p>", "a\\\nb\n"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b\n"),
        ('<ol start="3"><li>a</li></ol>', "3. a\n"),
        (
            '<ol start="0"><li>a</li><li value="7">b<ul><li>c</li></ul></li><li>d</li></ol>',
            "0. a\n7. b\n   - c\n8. d\n",
        ),
        ('<ol reversed="reversed"><li>a</li><li>b</li></ol>', "2. a\n1. b\n"),
        ('<ol type="A"><li>a</li><li>b</li></ol>', "A. a\nB. b\n"),
        ('<p dir="rtl">a</p><pre dir="rtl">b\n  c</pre>', "a\n\nb\\\n\xa0\xa0c\n"),
        ('<p><a href="https://e.example/">a</a></p>', "[a](https://e.example/)\n"),
        ("<blockquote><p>a</p></blockquote>", "> a\n"),
        ("<p>a_b_c List&lt;String&gt; 2*3 [x] &amp;lt;</p>", "a_b_c List\\<String> 2\\*3 \\[x\\] \\&lt;\n"),
        ("<p># a</p><p>1. b</p><p>- c</p>", "\\# a\n\n1\\. b\n\n\\- c\n"),
        ("<p>x<sup>2</sup> <u>u</u></p>", "x<sup>2</sup> <u>u</u>\n"),
        ("<pre><code>a\n  *b*</code></pre>", "```\na\n  *b*\n```\n"),
        ("<pre><code>a\n```\n&lt;b&gt;</code></pre>", "````\na\n```\n<b>\n````\n"),
        ("<pre>  a\n- b   c\n\n\n1. d</pre>", "\xa0\xa0a\\\n\\- b\xa0\xa0\xa0c\n\n1\\. d\n"),
        ("<pre>a <em>b\n\nc</em>\n```</pre>", "a *b\\\n\\\nc*\\\n\\`\\`\\`\n"),
        ("<ul><li><pre>a\n  b</pre></li></ul>", "- a\\\n  \xa0\xa0b\n"),
        (
            "<table><tbody><tr><td>a</td><td>b | c</td></tr><tr><td>d</td><td></td></tr></tbody></table>",
            "| a | b \\| c |\n| --- | --- |\n| d |  |\n",
        ),
    ],
)
def test_to_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


def test_markup_that_is_text_does_not_come_alive() -> None:
    assert "<script" not in to_markdown("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>").replace(
        "\\<script", ""
    )
