from intake.documents import markdown


def test_a_line_behind_a_script_is_markdown() -> None:
    assert markdown.read(b"<script>a</script> *b*").html.strip() == "<p><em>b</em></p>"
    assert markdown.read(b"<!-- a --> *b*").html.strip() == "<p><em>b</em></p>"


def test_a_closing_tag_in_front_closes_nothing() -> None:
    document = markdown.read(b"a </script> b <script> c")
    assert not document.removed
    assert document.html == "<p>a &lt;/script> b &lt;script> c</p>\n"
