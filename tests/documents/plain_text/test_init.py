from intake.documents import plain_text


def test_text_stays_as_it_was_written() -> None:
    document = plain_text.read(b"<name@example.org> a<b\r\nc\r\n\r\nd & e")
    assert document.html == "<p>&lt;name@example.org&gt; a&lt;b<br>c</p><p>d &amp; e</p>"
    assert not document.removed


def test_a_guess_is_told() -> None:
    assert plain_text.read("Größe, schöne Grüße über alles".encode("cp1252")).notes == ["encoding-guessed"]


def test_verse_keeps_its_lines_and_indents() -> None:
    poem = "\n  The  sea\r\n\tthe sea,   far\n\n\n\n<end>\n\n"
    assert plain_text.read_verse(poem.encode()).html == (
        "<pre>  The sea\n    the sea,   far\n\n\n\n&lt;end&gt;</pre>"
    )
