from intake.text.compare.passages import BREAK, CELL, Passage, TextToken, passages, tokens


def shapes(html: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.tag, one.place, one.text) for one in passages(html)]


def test_each_block_is_a_passage_that_knows_what_it_stands_in() -> None:
    html = (
        "<h2>Head</h2><p>One</p><ul><li>a<ul><li>b</li></ul></li></ul><blockquote><p>q</p></blockquote>"
        "<ol><li><p>x</p><p>y</p></li></ol><hr><pre>p\n q</pre>"
    )
    assert shapes(html) == [
        ("h2", (), "Head"),
        ("p", (), "One"),
        ("p", ("ul",), "a"),
        ("p", ("ul", "ul"), "b"),
        ("p", ("blockquote",), "q"),
        ("p", ("ol",), "x"),
        ("p", ("ol",), "y"),
        ("hr", (), ""),
        ("pre", (), "p\n q"),
    ]


def test_a_row_of_a_table_is_one() -> None:
    html = "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><p>c</p><p>d</p></td><td></td></tr></tbody></table>"
    assert shapes(html) == [("tr", (), f"a{CELL}b"), ("tr", (), f" c d{CELL}")]


def test_words_know_how_they_look_and_where_they_lead() -> None:
    (one,) = passages('<p>a <strong><em>b</em></strong><br><a href="https://a.example/">c</a></p>')
    bold = frozenset({"strong", "em"})
    assert one.tokens == (
        TextToken("a"), TextToken(" "), TextToken("b", bold), TextToken(BREAK), TextToken("c", href="https://a.example/"),
    )  # fmt: skip


def test_where_no_spaces_part_words_each_letter_is_one() -> None:
    assert [token.text for token in tokens("Two words, don't")] == ["Two", " ", "words", ",", " ", "don't"]
    assert [token.text for token in tokens("这是ab")] == ["这", "是", "ab"]
    assert [token.text for token in tokens("ที่นี่")] == ["ที่", "นี่"]
    assert [token.text for token in tokens("й کتاب‌ها हिन्दी")] == ["й", " ", "کتاب‌ها", " ", "हिन्दी"]


def test_the_end_of_a_line_is_a_space_but_in_preformatted_text() -> None:
    assert passages("<p>a\nb</p>") == passages("<p>a  b</p>")
    assert passages("<ul><li>a\nb</li></ul>") == passages("<ul><li>a b</li></ul>")
    assert passages("<pre>a\nb</pre>") != passages("<pre>a b</pre>")


def test_no_text_has_no_passage() -> None:
    assert passages("") == []
    assert Passage("hr").text == ""
