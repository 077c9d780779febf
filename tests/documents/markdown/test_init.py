import pytest

from intake.documents import markdown
from intake.text import clean_body


def read(text: str) -> tuple[str, dict[str, int]]:
    document = markdown.read(text.encode())
    return clean_body(document.html, format="html").html, dict(document.removed)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "# a\n\n*b* **c** ~~d~~ `e`",
            "<h2>a</h2><p><em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>",
        ),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- [ ] a\n- [x] b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("[a](https://b.example) <c@example.org>", None),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("```\n<script>a</script>\n```", "<pre><code>&lt;script&gt;a&lt;/script&gt;</code></pre>"),
        ("a <u>b</u> List<String> a<b and b>c", "<p>a <u>b</u> List&lt;String&gt; a&lt;b and b&gt;c</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str | None) -> None:
    found, removed = read(text)
    assert html is None or found == html
    assert not removed
    if html is None:
        assert found == (
            '<p><a href="https://b.example">a</a> <a href="mailto:c@example.org">c@example.org</a></p>'
        )


def test_tables_and_notes() -> None:
    html, _ = read("| a | b |\n|---|---|\n| c | d |\n\ne[^1]\n\n[^1]: word")
    assert "<th>a</th><th>b</th>" in html
    assert 'e<a href="#note-1" id="ref-1">' in html
    assert '<li id="note-1">word' in html


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("---\nauthor: LEAK\n---\nKEEP", {"properties": 1}),
        ("KEEP <!-- LEAK -->", {"comment": 1}),
        ("<!-- LEAK\n\nLEAK --> KEEP", {"comment": 1}),
        ("KEEP {>>LEAK<<}{--LEAK--}", {"comment": 1, "deletion": 1}),
        ("<script>\nLEAK\n\n</script>\nKEEP", {"script": 1}),
        ("<script>LEAK</script> KEEP ![LEAK](http://LEAK)", {"script": 1, "image": 1}),
        ("KEEP <SCRIPT>LEAK **LEAK**</SCRIPT>", {"script": 1}),
        ("<style>LEAK</style>\n\nKEEP", {}),
        ("KEEP <style>LEAK</style>", {}),
        ("KEEP <img src=LEAK alt=LEAK>", {"image": 1}),
        ("KEEP <span style='display:none'>LEAK</span>", {}),
    ],
)
def test_unseen_words_are_dropped_and_counted(text: str, kinds: dict[str, int]) -> None:
    html, removed = read(text)
    assert "KEEP" in html
    assert "LEAK" not in html
    assert removed == kinds


@pytest.mark.parametrize(
    "text", ["a <script> b", "a <!-- b", "<script>\n\nb", "{>>b", "a {--b", "---\nb", "<iframe>b"]
)
def test_nothing_is_lost_behind_an_open_mark(text: str) -> None:
    html, removed = read(text)
    assert "b" in html
    assert not removed


def test_too_much_markup_is_left_as_text() -> None:
    text = "[" * (markdown.MAX_MARKS + 1)
    assert markdown.read(text.encode()).html == f"<p>{text}</p>"


def test_verse_keeps_the_lines_of_a_paragraph() -> None:
    assert markdown.read_verse(b"The *sea*\nthe sea\n\n- a\n- b").html.startswith(
        "<p>The <em>sea</em><br>the sea</p>"
    )
    assert markdown.read(b"The sea\nthe sea").html == "<p>The sea\nthe sea</p>\n"
